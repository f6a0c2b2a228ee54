import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import { child } from "../child";
import type { Kubectl } from "./kubectl";

/** What kubectl and the API server print when the credentials of the kubeconfig are wrong or expired. */
export const refusedCredentials = /Unauthorized|must be logged in|provide credentials|getting credentials/i;

/**
 * Prints the cluster that the environment's context refers to. Returns a fault if the cluster cannot be reached, or
 * does not accept the credentials.
 */
export async function checkClusterAccess(
  { name }: Environment,
  kubectl: Kubectl,
  print: (line: string) => void = console.log,
): Promise<Fault[]> {
  const { context } = kubectl;
  const fault = { place: `config/${name}.ts: cluster.context`, value: context };
  const contexts = (await child("kubectl", ["config", "get-contexts", "--output=name"])).stdout;
  const known = contexts.split("\n").filter(Boolean);
  if (!known.includes(context)) {
    const rule = `must be a context of the kubeconfig, which contains: ${known.join(", ") || "none"}`;
    return [{ ...fault, rule, remedy: "use one of them, or set KUBECONFIG to the file that contains this context" }];
  }
  const address = await kubectl.run(["config", "view", "--minify", "--output=jsonpath={.clusters[0].cluster.server}"]);
  const { code, stdout, stderr } = await kubectl.attempt(["version", "--output=json"]);
  if (refusedCredentials.test(stderr)) {
    const rule = `must have credentials that the cluster accepts: the token or certificate is expired or wrong; ${address}: ${stderr.trim().split("\n").at(-1)}`;
    return [{ ...fault, rule, remedy: "log in to the cluster again, or renew the token of the account" }];
  }
  if (code !== 0) {
    const rule = `must refer to a cluster that responds; ${address}: ${stderr.trim().split("\n").at(-1)}`;
    return [{ ...fault, rule, remedy: `check the connection: ${kubectl.command("version")}` }];
  }
  print(`cluster: ${context} at ${address} (Kubernetes ${JSON.parse(stdout).serverVersion.gitVersion})`);
  return [];
}
