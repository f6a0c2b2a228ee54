import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import { child } from "../child";
import type { Kubectl } from "./kubectl";

/** Says which cluster the environment's context leads to; a fault when it leads to none. */
export async function checkClusterAccess({ name }: Environment, kubectl: Kubectl): Promise<Fault[]> {
  const { context } = kubectl;
  const fault = { place: `config/${name}.ts: cluster.context`, value: context };
  const contexts = (await child("kubectl", ["config", "get-contexts", "--output=name"])).stdout;
  const known = contexts.split("\n").filter(Boolean);
  if (!known.includes(context)) {
    const rule = `must be a context of the kubeconfig; there are: ${known.join(", ") || "none"}`;
    return [{ ...fault, rule, remedy: "name one of them, or set KUBECONFIG to the file that has it" }];
  }
  const address = await kubectl.run(["config", "view", "--minify", "--output=jsonpath={.clusters[0].cluster.server}"]);
  const { code, stdout, stderr } = await kubectl.attempt(["version", "--output=json"]);
  if (code !== 0) {
    const rule = `must lead to a cluster that answers; ${address}: ${stderr.trim().split("\n").at(-1)}`;
    return [{ ...fault, rule, remedy: `try it: ${kubectl.command("version")}` }];
  }
  console.log(`cluster: ${context} at ${address} (Kubernetes ${JSON.parse(stdout).serverVersion.gitVersion})`);
  return [];
}
