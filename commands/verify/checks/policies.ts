import type { Check, Failure } from "../check";
import { ourNamespaces } from "../deployment";
import { differences } from "../differences";
import { type ExpectedObject, objectName } from "../expected-objects";
import { type ExistingObject, listsInventory } from "../inventory";

/** A NetworkPolicy. Only the fields that we read are listed. @see https://kubernetes.io/docs/reference/kubernetes-api/ */
export interface Policy extends ExistingObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: unknown;
}

/** Policies add up: one too many admits connections, and one that is missing blocks them. */
export const policies: Check = {
  id: "policies",
  title: "the network policies are those of the configuration, and no others",
  permissions: listsInventory(ourNamespaces),
  async run(deployment) {
    const found = await deployment.listOurs<Policy>("NetworkPolicy");
    const expected = deployment.objects.filter(({ kind }) => kind === "NetworkPolicy");
    return { failures: policyFailures(expected, found), extent: `${found.length} policies` };
  },
};

export function policyFailures(expected: readonly ExpectedObject[], found: readonly Policy[]): Failure[] {
  const missingOrChanged = expected.flatMap((policy): Failure[] => {
    const where = objectName(policy);
    const existing = found.find((one) => objectName(one) === where);
    if (existing === undefined) {
      const found = where.endsWith("/default-deny-ingress")
        ? "it does not exist: pods of the namespace that no other policy selects accept every connection"
        : "it does not exist: the connections that it admits are blocked";
      return [{ where, expected: "exists", found, runbook: "changed-object" }];
    }
    const changed = differences(policy.manifest.spec, existing.spec, "extra fields count");
    return changed ? [{ where, ...changed, runbook: "changed-object" }] : [];
  });
  const known = new Set(expected.map(objectName));
  const additional = found
    .filter(
      (policy) => !known.has(objectName(policy)) && policy.metadata.labels?.["app.kubernetes.io/managed-by"] !== "Helm",
    )
    .map((policy) => ({
      where: objectName(policy),
      expected: "no such policy, because the configuration has none",
      found: "a policy that may admit connections which should be blocked",
      runbook: "changed-object",
    }));
  return [...missingOrChanged, ...additional];
}
