import type { Check } from "../check";
import { ourNamespaces } from "../deployment";
import { type ExistingObject, listsInventory } from "../inventory";

/** A PersistentVolumeClaim. Only the fields that we read are listed. @see https://kubernetes.io/docs/reference/kubernetes-api/ */
interface Claim extends ExistingObject {
  readonly status: { readonly phase: string };
}

export const volumes: Check = {
  id: "volumes",
  title: "every volume is bound",
  permissions: listsInventory(ourNamespaces),
  async run(deployment) {
    const claims = await deployment.listOurs<Claim>("PersistentVolumeClaim");
    const failures = claims
      .filter(({ status }) => status.phase !== "Bound")
      .map(({ metadata, status }) => ({
        where: `PersistentVolumeClaim ${metadata.namespace}/${metadata.name}`,
        expected: "Bound",
        found: `${status.phase}: no volume was provisioned, or its volume was deleted`,
        runbook: "PodNotReady",
      }));
    return { failures, extent: `${claims.length} volumes` };
  },
};
