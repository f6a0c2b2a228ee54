import type { Kubectl } from "../../commands/cluster/kubectl";

/** The namespace of the tests themselves. It is created with the deployment, and identifies it. */
export const testNamespace = "webhook";

const synthLabel = "cluster-tests/synth";
const commitAnnotation = "cluster-tests/commit";
const storyAnnotation = "cluster-tests/story";

/** What the namespace of the tests records about the deployment in a cluster. */
export interface DeployedMark {
  /** The hash of the synth that was deployed. */
  readonly synth: string;
  /** The commit whose working tree was deployed. */
  readonly commit: string;
  /**
   * The story that was running when a run was interrupted.
   * @default no run was interrupted
   */
  readonly story?: string;
}

/** The mark of the deployment in a cluster, or undefined if the cluster tests have not deployed there. */
export async function readMark(kubectl: Kubectl): Promise<DeployedMark | undefined> {
  const found = await kubectl.run(["get", "namespace", testNamespace, "--ignore-not-found", "--output=json"]);
  if (!found) return undefined;
  const { labels = {}, annotations = {} } = JSON.parse(found).metadata;
  return {
    synth: labels[synthLabel] ?? "unknown",
    commit: annotations[commitAnnotation] ?? "unknown",
    story: annotations[storyAnnotation],
  };
}

/** Creates the namespace of the tests with the mark, before anything of the environment is deployed. */
export async function createMark(kubectl: Kubectl, { synth, commit }: DeployedMark): Promise<void> {
  const labels = { [synthLabel]: synth };
  const metadata = { name: testNamespace, labels, annotations: { [commitAnnotation]: commit } };
  await kubectl.run(["create", "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata }));
}

/** Records which story is running. Without a story, the deployment is unchanged. */
export async function markStory(kubectl: Kubectl, story: string | undefined): Promise<void> {
  const annotation = story === undefined ? `${storyAnnotation}-` : `${storyAnnotation}=${story}`;
  await kubectl.run(["annotate", "--overwrite", "namespace", testNamespace, annotation]);
}

/** Removes the namespace of the tests. It must be the last one to be removed. */
export async function deleteMark(kubectl: Kubectl): Promise<void> {
  await kubectl.run(["delete", "namespace", testNamespace, "--ignore-not-found"]);
}
