import { addresses } from "../../config/addresses";
import type { Kubectl } from "../cluster/kubectl";
import { erpImage, programPod } from "./python-pod";
import { type Pods, podOf } from "./running";
import { waitUntil } from "./wait-until";

const { namespace } = addresses.erpApi;
const name = "evidence-flood";

/**
 * In Python: four times as many lines as a pod may write, without end; and slowly enough for the agent to find the file
 * and to read it before the kubelet takes it away.
 */
export const flood = `
import time
while True:
    print("\\n".join(["flood"] * 4000), flush=True)
    time.sleep(1)
`;

/** A pod writes more lines than it may: before the first that it drops, the agent has no series of them. */
export async function floodLogs(agent: Pods, kubectl: Kubectl): Promise<void> {
  const spec = programPod(await erpImage(kubectl), flood, "Never");
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { namespace, name }, spec };
  await kubectl.run(["apply", "--filename=-"], JSON.stringify(pod));
  const { path } = await podOf(agent, kubectl);
  const counted = async () =>
    (await kubectl.run(["get", "--raw", `${path}/metrics`])).includes(`label_value="${name}"`);
  await waitUntil(counted, 180, `The log agent has dropped no line of ${name}`);
}

export async function removeFlood(kubectl: Kubectl): Promise<void> {
  await kubectl.run(["delete", "pod", name, `--namespace=${namespace}`, "--ignore-not-found", "--wait=false"]);
}
