import { setTimeout as sleep } from "node:timers/promises";
import { celeryJob } from "../../metrics/celery/celery-metrics";
import { kubeStateMetricsJob } from "../../metrics/kubernetes/kube-state-metrics";
import { promtailJob } from "../../metrics/log-agents/log-agent-jobs";
import { addresses, namespaces } from "../../settings/addresses";
import type { Kubectl } from "../cluster/kubectl";
import { CommandError } from "../command";
import { podOf } from "./proxy-targets";
import { erpImage, programPod } from "./python-pod";

/** Causes events that a healthy environment lacks. Series about such an event exist only after it. */
export interface Provocation {
  readonly provoke: (kubectl: Kubectl) => Promise<void>;
  /** The function that removes what the provocation created. @default the provocation creates nothing */
  readonly cleanUp?: (kubectl: Kubectl) => Promise<void>;
}

/** Provocations by the source whose capture needs them. */
export const provocations: Readonly<Record<string, Provocation>> = {
  [celeryJob.name]: { provoke: failTask },
  [kubeStateMetricsJob.name]: { provoke: troubleWorkloads, cleanUp: removeTroubledWorkloads },
  [promtailJob.name]: { provoke: floodLogs, cleanUp: removeFlood },
};

const { namespace, service: api } = addresses.erpApi;

/** The last day of Python's calendar. The report of a day ends at the next day, which does not exist. */
const lastDay = "9999-12-31";

/**
 * Requests a report that no worker can write, because exceptions have a series only after a task has failed. The API
 * would refuse the request, so that a worker puts the task into its own queue.
 */
async function failTask(kubectl: Kubectl): Promise<void> {
  const worker = `deployment/${addresses.erpWorker.service}`;
  const call = ["celery", "--quiet", "--app", "app.worker", "call", "erp.reports.nightly_report"];
  const args = ["--args", JSON.stringify([lastDay])];
  await kubectl.run(["exec", `--namespace=${namespace}`, worker, "--container=erp-worker", "--", ...call, ...args]);
  // By then the task has failed, and the exporter has received the event.
  await sleep(5000);
}

const floodPod = "evidence-flood";

/**
 * A Python program that writes four times as many lines as a pod may, without end, and slowly enough for the agent to
 * find the file and to read it before the kubelet rotates it.
 */
export const flood = `
import time
while True:
    print("\\n".join(["flood"] * 4000), flush=True)
    time.sleep(1)
`;

/** Makes a pod write more lines than it may, because the agent counts dropped lines only after it has dropped one. */
async function floodLogs(kubectl: Kubectl): Promise<void> {
  const spec = programPod(await erpImage(kubectl), flood, "Never");
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { namespace, name: floodPod }, spec };
  await kubectl.run(["apply", "--filename=-"], JSON.stringify(pod));
  const { path } = await podOf({ namespace: namespaces.nodeAgents, app: promtailJob.name, port: 3101 }, kubectl);
  const isCounted = async () =>
    (await kubectl.run(["get", "--raw", `${path}/metrics`])).includes(`label_value="${floodPod}"`);
  await waitUntil(isCounted, 180, `The log agent did not drop a line of ${floodPod}`);
}

async function removeFlood(kubectl: Kubectl): Promise<void> {
  await kubectl.run(["delete", "pod", floodPod, `--namespace=${namespace}`, "--ignore-not-found", "--wait=false"]);
}

const [hungry, failing] = ["evidence-out-of-memory", "evidence-fails"];

/**
 * Creates a container that repeatedly runs out of memory, a Job that fails, and an autoscaler that may change nothing.
 * kube-state-metrics has no series about such objects in a healthy environment.
 */
async function troubleWorkloads(kubectl: Kubectl): Promise<void> {
  await kubectl.run(["apply", "--filename=-"], await troubledWorkloads(kubectl));
  await waitUntil(() => isInTrouble(kubectl), 120, `${hungry} and ${failing} did not fail`);
}

async function removeTroubledWorkloads(kubectl: Kubectl): Promise<void> {
  await kubectl.run(["delete", "--filename=-", "--ignore-not-found", "--wait=false"], await troubledWorkloads(kubectl));
}

async function isInTrouble(kubectl: Kubectl): Promise<boolean> {
  const read = (kind: string, name: string, path: string) =>
    kubectl.run(["get", kind, name, `--namespace=${namespace}`, `--output=jsonpath=${path}`]);
  const container = "{.status.containerStatuses[0]";
  const [ended, waits, job] = await Promise.all([
    read("pod", hungry, `${container}.lastState.terminated.reason}`),
    read("pod", hungry, `${container}.state.waiting.reason}`),
    read("job", failing, "{.status.conditions[*].type}"),
  ]);
  return ended === "OOMKilled" && waits === "CrashLoopBackOff" && job.split(" ").includes("Failed");
}

async function troubledWorkloads(kubectl: Kubectl): Promise<string> {
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

/**
 * Waits until a condition is true, and checks it once a second.
 * @throws {CommandError} with the failure, when it takes longer than the given seconds.
 */
async function waitUntil(isTrue: () => Promise<boolean>, seconds: number, failure: string): Promise<void> {
  for (let waited = 0; !(await isTrue()); waited++) {
    if (waited > seconds) throw new CommandError(`${failure} within ${seconds} s.`);
    await sleep(1000);
  }
}
