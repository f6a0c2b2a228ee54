import { addresses } from "../../config/addresses";
import type { Kubectl } from "../cluster/kubectl";
import { erpImage, programPod } from "./python-pod";
import { waitUntil } from "./wait-until";

const { namespace, service: api } = addresses.erpApi;
const [hungry, failing] = ["evidence-out-of-memory", "evidence-fails"];

/**
 * Makes a container that ends for want of memory again and again, a Job that fails, and an autoscaler that may change
 * nothing: of what a healthy environment lacks, kube-state-metrics has no series.
 */
export async function troubleWorkloads(kubectl: Kubectl): Promise<void> {
  await kubectl.run(["apply", "--filename=-"], await troubled(kubectl));
  await waitUntil(() => inTrouble(kubectl), 120, `${hungry} and ${failing} have not failed`);
}

export async function removeTroubledWorkloads(kubectl: Kubectl): Promise<void> {
  await kubectl.run(["delete", "--filename=-", "--ignore-not-found", "--wait=false"], await troubled(kubectl));
}

async function inTrouble(kubectl: Kubectl): Promise<boolean> {
  const told = (kind: string, name: string, path: string) =>
    kubectl.run(["get", kind, name, `--namespace=${namespace}`, `--output=jsonpath=${path}`]);
  const container = "{.status.containerStatuses[0]";
  const [ended, waits, job] = await Promise.all([
    told("pod", hungry, `${container}.lastState.terminated.reason}`),
    told("pod", hungry, `${container}.state.waiting.reason}`),
    told("job", failing, "{.status.conditions[*].type}"),
  ]);
  return ended === "OOMKilled" && waits === "CrashLoopBackOff" && job.split(" ").includes("Failed");
}

async function troubled(kubectl: Kubectl): Promise<string> {
  const path = "--output=jsonpath={.spec.replicas}";
  const replicas = Number(await kubectl.run(["get", `deployment/${api}`, `--namespace=${namespace}`, path]));
  const image = await erpImage(kubectl);
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: api };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "List",
    items: [
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { namespace, name: hungry },
        spec: programPod(image, "b'x' * (1 << 30)", "Always"),
      },
      {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { namespace, name: failing },
        spec: { backoffLimit: 0, template: { spec: programPod(image, "raise SystemExit(1)", "Never") } },
      },
      {
        apiVersion: "autoscaling/v2",
        kind: "HorizontalPodAutoscaler",
        metadata: { namespace, name: "evidence" },
        spec: { scaleTargetRef, minReplicas: replicas, maxReplicas: replicas },
      },
    ],
  });
}
