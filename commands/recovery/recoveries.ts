import type { Kubectl } from "../cluster/kubectl";
import type { StackDirectory } from "../stack-directory";
import type { Plan } from "../terraform/plan-summary";
import { heldLock } from "./held-lock";
import { isPending, pendingReleases, type Release, releases } from "./helm-releases";
import { type PlannedObject, plannedObjects } from "./planned-objects";
import type { Recovery } from "./recovery";
import { reportedAsExisting, untrackedObjects, untrackedRecoveries } from "./untracked-objects";

/** What an earlier run left in the way of a plan, before it is applied. */
export async function obstacles(plan: Plan, stack: StackDirectory, kubectl: Kubectl): Promise<Recovery[]> {
  const [pending, ended] = await releasesOf(plan, kubectl);
  const found = await untrackedObjects(plannedObjects(plan, "create"), kubectl, ended);
  return [...pendingReleases(pending, kubectl), ...untrackedRecoveries(found, stack, kubectl)];
}

/** What is to be done about a plan whose application failed, by Terraform's words and by the cluster. */
export async function recoveries(
  output: string,
  plan: Plan,
  stack: StackDirectory,
  kubectl: Kubectl,
): Promise<Recovery[]> {
  const lock = heldLock(output, stack);
  const [pending, ended] = await releasesOf(plan, kubectl);
  const found = reportedAsExisting(output, plannedObjects(plan, "create")).filter(
    (one) => one.kind !== "release" || isAmong(ended, one),
  );
  return [...(lock ? [lock] : []), ...pendingReleases(pending, kubectl), ...untrackedRecoveries(found, stack, kubectl)];
}

/** The releases that the plan concerns and that exist: those that never ended, and the others. */
async function releasesOf(plan: Plan, kubectl: Kubectl): Promise<[Release[], Release[]]> {
  const concerned = plannedObjects(plan, "create", "update");
  const current = (await releases(kubectl)).filter((release) => concerned.some((one) => isAmong([release], one)));
  return [current.filter(isPending), current.filter((release) => !isPending(release))];
}

function isAmong(all: readonly Release[], { kind, namespace, name }: PlannedObject): boolean {
  return kind === "release" && all.some((release) => release.namespace === namespace && release.name === name);
}
