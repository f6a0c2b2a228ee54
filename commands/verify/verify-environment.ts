import { refuseAny } from "../../faults";
import type { Environment } from "../../settings/environment";
import { ownNamespaces } from "../../settings/own-namespaces";
import { checkClusterAccess } from "../cluster/cluster-access";
import type { Kubectl } from "../cluster/kubectl";
import { whileProxying } from "../cluster/proxied-servers";
import { CommandError } from "../command";
import { synthesis } from "../synthesized-stacks";
import type { CheckGroup } from "./check";
import { Deployment } from "./deployment";
import { type Choice, type Result, runChecks } from "./run-checks";

/**
 * Verifies a deployed environment.
 * @param onResult called with each result, in the order of the list
 * @throws {Faults|CommandError} when nothing could be checked: the cluster cannot be reached, or it is empty.
 */
export async function verifyEnvironment(
  environment: Environment,
  kubectl: Kubectl,
  groups: readonly CheckGroup[],
  choice: Choice,
  onResult: (result: Result) => void,
): Promise<readonly Result[]> {
  refuseAny(await checkClusterAccess(environment, kubectl, console.error), "nothing was checked");
  await refuseEmptyCluster(environment, kubectl);
  const content = synthesis([environment]);
  return whileProxying(kubectl.context, (servers) =>
    runChecks(groups, new Deployment(environment, kubectl, content, servers), choice, onResult),
  );
}

async function refuseEmptyCluster(environment: Environment, kubectl: Kubectl): Promise<void> {
  const { name } = environment;
  const ours = ownNamespaces(environment);
  const found = await kubectl.run(["get", "namespaces", ...ours, "--ignore-not-found", "--output=name"]);
  if (found.trim() !== "") return;
  throw new CommandError(
    `Nothing of ${name} is deployed in this cluster: none of the namespaces ${ours.join(", ")} exists. Check that \`cluster.context\` names the right cluster, or deploy: npm run deploy -- ${name}`,
  );
}
