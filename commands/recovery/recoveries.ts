import type { Kubectl } from "../cluster/kubectl";
import type { StackDirectory } from "../stack-directory";
import type { Plan } from "../terraform/plan-summary";
import { isPending, pendingReleases, type Release, releases } from "./helm-releases";
import { lockRecovery } from "./lock-recovery";
import { type PlannedObject, plannedObjects } from "./planned-objects";
import type { Recovery } from "./recovery";
import { objectsReportedAsExisting, untrackedObjects, untrackedRecoveries } from "./untracked-objects";

/** The recoveries that are needed before a plan can be applied, because of an earlier run. */
export async function obstacles(plan: Plan, stack: StackDirectory, kubectl: Kubectl): Promise<Recovery[]> {
  const [pending, finished] = await releasesOf(plan, kubectl);
  const found = await untrackedObjects(plannedObjects(plan, "create"), kubectl, finished);
  return [...pendingReleases(pending, kubectl), ...untrackedRecoveries(found, stack, kubectl)];
}

/** The recoveries after the apply of a plan has failed, from Terraform's output and from the cluster. */
export async function recoveries(
  output: string,
  plan: Plan,
  stack: StackDirectory,
  kubectl: Kubectl,
): Promise<Recovery[]> {
  const lock = lockRecovery(output, stack);
  const [pending, finished] = await releasesOf(plan, kubectl);
  const found = objectsReportedAsExisting(output, plannedObjects(plan, "create")).filter(
    (one) => one.kind !== "release" || isAmong(finished, one),
  );
  return [...(lock ? [lock] : []), ...pendingReleases(pending, kubectl), ...untrackedRecoveries(found, stack, kubectl)];
}

/** The existing releases that the plan changes: the pending ones, and the others. */
async function releasesOf(plan: Plan, kubectl: Kubectl): Promise<[Release[], Release[]]> {
  const concerned = plannedObjects(plan, "create", "update");
  const current = (await releases(kubectl)).filter((release) => concerned.some((one) => isAmong([release], one)));
  return [current.filter(isPending), current.filter((release) => !isPending(release))];
}

function isAmong(all: readonly Release[], { kind, namespace, name }: PlannedObject): boolean {
  return kind === "release" && all.some((release) => release.namespace === namespace && release.name === name);
}
