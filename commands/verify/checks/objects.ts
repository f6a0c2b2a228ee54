import type { Check, Failure } from "../check";
import { type Deployment, namespacesOf } from "../deployment";
import { type ExpectedObject, objectName } from "../expected-objects";
import { isInventoryKind, listsInventory } from "../inventory";

/** Kinds that the stacks deploy and that belong to no namespace, with their plural. */
const clusterWide: Readonly<Record<string, string>> = { Namespace: "namespaces", PriorityClass: "priorityclasses" };

/** A stack whose objects are partly missing was not deployed to its end, or somebody has deleted them. */
export const objects: Check = {
  id: "objects",
  title: "every object of the configuration exists",
  permissions: (_, environment) => [
    ...listsInventory(namespacesOf(environment)),
    { resources: ["namespaces"], verbs: ["list"] },
    { group: "scheduling.k8s.io", resources: ["priorityclasses"], verbs: ["list"] },
  ],
  async run(deployment) {
    const expected = deployment.objects.filter(({ kind }) => isInventoryKind(kind) || kind in clusterWide);
    const existing = await namesOf(expected, deployment);
    const missing = expected.filter((object) => !existing.has(objectName(object)));
    const stacks = [...new Set(expected.map(({ stack }) => stack))];
    const failures = stacks.flatMap((stack) =>
      failuresOf(
        stack,
        expected.filter((one) => one.stack === stack),
        missing.filter((one) => one.stack === stack),
      ),
    );
    return { failures, extent: `${expected.length} objects` };
  },
};

/** One failure for a stack of which much is missing, otherwise one for each object. */
export function failuresOf(
  stack: string,
  expected: readonly ExpectedObject[],
  missing: readonly ExpectedObject[],
): Failure[] {
  if (missing.length > 5) {
    const found = `${missing.length} of ${expected.length} objects are missing, such as ${objectName(missing[0] as ExpectedObject)}: the deployment of this stack did not finish`;
    return [{ where: `stack ${stack}`, expected: "all objects exist", found, runbook: "interrupted-apply" }];
  }
  return missing.map((object) => ({
    where: objectName(object),
    expected: `exists, because the stack ${stack} deploys it`,
    found: "it does not exist: it was deleted, or the deployment did not finish",
    runbook: "changed-object",
  }));
}

async function namesOf(expected: readonly ExpectedObject[], deployment: Deployment): Promise<ReadonlySet<string>> {
  const namespaces = new Set(expected.map(({ metadata }) => metadata.namespace).filter((name) => name !== undefined));
  const found = await Promise.all([
    ...[...namespaces].map((namespace) => deployment.inventory(namespace)),
    ...Object.entries(clusterWide).map(async ([kind, plural]) => {
      const list = await deployment.listClusterWide<Pick<ExpectedObject, "metadata">>(plural);
      return list.map(({ metadata }) => ({ kind, metadata }));
    }),
  ]);
  return new Set(found.flat().map(objectName));
}
