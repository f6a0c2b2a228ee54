import { CommandError } from "../../commands/command";
import { type DeployedMark, readMark } from "./deployed-mark";
import { hasState } from "./deployment-folder";
import { prepareEmptyCluster, type TestCluster } from "./suite";

/** What a run needs in the cluster in addition to the environment. */
export interface RunNeeds {
  /** Images of pods that the stories start. */
  readonly images: readonly string[];
  /** Name of a story that needs an empty cluster. @default all stories can continue on an existing deployment */
  readonly emptyFor?: string;
}

/** Continues on an existing deployment, or checks that the cluster can be deployed to.
 * @throws {CommandError} when neither is possible.
 */
export async function prepareOrContinue(cluster: TestCluster, { images, emptyFor }: RunNeeds): Promise<void> {
  const mark = await readMark(cluster.kubectl);
  if (mark) refuseToContinue(mark, cluster, emptyFor);
  else await prepareEmptyCluster(cluster, images);
}

/** @throws {CommandError} when the run cannot continue on the existing deployment. */
function refuseToContinue(found: DeployedMark, { kubectl, mark }: TestCluster, emptyFor: string | undefined): void {
  if (!hasState(kubectl.context)) throw new CommandError(foreignDeployment);
  if (found.synth !== mark.synth) {
    throw new CommandError(`The cluster has a deployment of another synth: ${found.synth} (commit ${found.commit}). The sources
now give ${mark.synth} (commit ${mark.commit}). To continue on the deployment, check out its commit. To destroy it:
  npm run test:live -- --destroy`);
  }
  if (emptyFor) {
    throw new CommandError(`The story ${emptyFor} needs an empty cluster, and this one has a kept deployment. Destroy it:
  npm run test:live -- --destroy`);
  }
  console.log(`Continuing on the deployment of commit ${found.commit}, synth ${found.synth}.`);
}

export const foreignDeployment = `The cluster has a deployment of the cluster tests, and its Terraform state is not in this working tree
(state/cluster-tests/). Continue on it, or destroy it, from the working tree that deployed it. If that is gone, create the cluster again.`;
