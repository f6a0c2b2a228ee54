import { setTimeout as sleep } from "node:timers/promises";
import { addresses } from "../../config/addresses";
import type { Kubectl } from "../cluster/kubectl";
import { Stopped } from "../command";
import { erpImage, pythonPod } from "./python-pod";
import { type Pods, podOf } from "./running";

const { namespace } = addresses.erpApi;
const name = "evidence-flood";
const seconds = 180;
/** Slowly enough for the agent to find the file and to read it before the kubelet takes it away. */
const flood = `
import time
for _ in range(${seconds}):
    print("\\n".join(["flood"] * 5000), flush=True)
    time.sleep(1)
`;

/** A pod writes more lines than it may: before the first that it drops, the agent has no series of them. */
export async function floodLogs(agent: Pods, kubectl: Kubectl): Promise<void> {
  const spec = pythonPod(await erpImage(kubectl), flood, "Never");
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { namespace, name }, spec };
  await kubectl.run(["apply", "--filename=-"], JSON.stringify(pod));
  const { path } = await podOf(agent, kubectl);
  const metrics = () => kubectl.run(["get", "--raw", `${path}/metrics`]);
  for (let waited = 0; !(await metrics()).includes(`label_value="${name}"`); waited++) {
    if (waited > seconds) throw new Stopped(`The log agent has dropped no line of ${name} within ${seconds} s.`);
    await sleep(1000);
  }
}

export async function removeFlood(kubectl: Kubectl): Promise<void> {
  await kubectl.run(["delete", "pod", name, `--namespace=${namespace}`, "--ignore-not-found", "--wait=false"]);
}
