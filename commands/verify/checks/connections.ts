import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { namespaces } from "../../../settings/addresses";
import { CommandError } from "../../command";
import { pythonPod } from "../../evidence/python-pod";
import { type BlockedPort, blockedPorts, type RunningPod } from "../blocked-ports";
import type { Check, Failure } from "../check";
import { type Deployment, ourNamespaces } from "../deployment";

/** Seconds after which Kubernetes ends the pod, whatever happens to this process. */
const deadline = 60;

/** Tries connections that no policy admits, from a pod that no policy names. */
export const connections: Check = {
  id: "connections",
  title: "network policies block a pod that may not connect",
  permissions: [
    { namespaces: ourNamespaces, resources: ["pods"], verbs: ["list"] },
    { namespaces: [namespaces.erp], group: "batch", resources: ["jobs"], verbs: ["create", "get", "delete"] },
  ],
  creates: `a Job with one restricted pod in the namespace ${namespaces.erp}, for a few seconds`,
  async run(deployment) {
    const ports = blockedPorts(deployment.objects, await runningPods(deployment), namespaces.erp);
    const { open, control } = await tryConnections(deployment, ports);
    if (!control) {
      throw new CommandError(
        "the pod of the check did not even reach the API server, so its other connections prove nothing",
      );
    }
    const failures = ports
      .filter(({ address }) => open.includes(address))
      .map(
        ({ name, address }): Failure => ({
          where: `${name} at ${address}`,
          expected: `blocked for a pod in the namespace ${namespaces.erp} that no policy names`,
          found: "open: the policy is missing, another one admits every pod, or the cluster does not enforce policies",
          runbook: "changed-object",
        }),
      );
    return { failures, extent: `${ports.length} ports` };
  },
};

async function runningPods(deployment: Deployment): Promise<readonly RunningPod[]> {
  const listed = (await deployment.workloads()) as readonly unknown[] as readonly (RunningPod & { kind: string })[];
  return listed.filter(
    ({ kind, status }) => kind === "Pod" && status.phase === "Running" && status.podIP !== undefined,
  );
}

/** Addresses that the pod could connect to. The API server is the control: every pod may connect to it. */
interface Attempts {
  readonly open: readonly string[];
  readonly control: boolean;
}

async function tryConnections({ kubectl, environment }: Deployment, ports: readonly BlockedPort[]): Promise<Attempts> {
  const name = `verify-connections-${randomBytes(3).toString("hex")}`;
  const addresses = ports.map(({ address }) => address);
  const place = ["--namespace", namespaces.erp];
  await kubectl.run(["create", "--filename=-"], JSON.stringify(job(name, environment.erp.image, addresses)));
  try {
    return JSON.parse(await terminationMessage(kubectl, name));
  } finally {
    await kubectl.run(["delete", "job", name, ...place, "--cascade=foreground", "--timeout=30s"]);
  }
}

/** The pod belongs to its Job, which the API server deletes after its end, even if this process is killed. */
function job(name: string, image: string, addresses: readonly string[]): object {
  const resources = { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } };
  const pod = pythonPod(image, ["python", "-c", program, ...addresses], { resources });
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { namespace: namespaces.erp, name },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: deadline,
      ttlSecondsAfterFinished: 30,
      template: { spec: { ...pod, restartPolicy: "Never" } },
    },
  };
}

/** A refused connection has passed all policies. The result is no log line, which the log agent would collect. */
const program = `
import concurrent.futures, json, os, socket, sys

def is_open(address):
    host, port = address.rsplit(":", 1)
    try:
        socket.create_connection((host.strip("[]"), int(port)), 3).close()
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return True

addresses = sys.argv[1:]
control = os.environ["KUBERNETES_SERVICE_HOST"] + ":" + os.environ["KUBERNETES_SERVICE_PORT"]
with concurrent.futures.ThreadPoolExecutor(16) as pool:
    found = list(pool.map(is_open, [control, *addresses]))
result = {"control": found[0], "open": [one for one, is_it in zip(addresses, found[1:]) if is_it]}
with open("/dev/termination-log", "w") as file:
    json.dump(result, file)
`;

/** The pod of the Job. Only the fields that we read are listed. @see https://kubernetes.io/docs/reference/kubernetes-api/ */
interface EndedPod {
  readonly status: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
    readonly containerStatuses?: readonly {
      readonly state?: {
        readonly waiting?: { readonly reason?: string; readonly message?: string };
        readonly terminated?: { readonly exitCode: number; readonly message?: string };
      };
    }[];
  };
}

async function terminationMessage(kubectl: Deployment["kubectl"], name: string): Promise<string> {
  const selector = ["--namespace", namespaces.erp, `--selector=job-name=${name}`];
  let last = "it was not created";
  for (const end = Date.now() + deadline * 1000; Date.now() < end; await sleep(1000)) {
    const [pod] = await kubectl.list<EndedPod>("pods", ...selector);
    const state = pod?.status.containerStatuses?.[0]?.state;
    if (state?.terminated?.exitCode === 0) return state.terminated.message ?? "";
    if (state?.terminated)
      throw new CommandError(`the pod of the check ended with exit code ${state.terminated.exitCode}`);
    const unscheduled = pod?.status.conditions?.find(
      ({ type, status }) => type === "PodScheduled" && status === "False",
    );
    last = [state?.waiting?.reason, state?.waiting?.message, unscheduled?.message].filter(Boolean).join(": ") || last;
  }
  throw new CommandError(`the pod of the check did not end within ${deadline} s: ${last}`);
}
