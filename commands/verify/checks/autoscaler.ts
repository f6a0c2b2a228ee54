import { namespaces } from "../../../settings/addresses";
import { type Condition, condition } from "../../rollouts/objects";
import type { Check } from "../check";
import { type ExistingObject, listsInventory } from "../inventory";

/** A HorizontalPodAutoscaler. Only the fields that we read are listed. @see https://kubernetes.io/docs/reference/kubernetes-api/ */
interface Autoscaler extends ExistingObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export const autoscaler: Check = {
  id: "autoscaler",
  title: "the autoscaler of the API gets its metrics",
  permissions: listsInventory([namespaces.erp]),
  without: ({ erp }) => ("replicas" in erp.api.scale ? "`erp.api.scale` has a fixed number of replicas" : undefined),
  async run(deployment) {
    const found = await deployment.list<Autoscaler>("HorizontalPodAutoscaler", namespaces.erp);
    const failures = found.flatMap(({ metadata, status }) => {
      const active = condition(status?.conditions, "ScalingActive");
      if (active?.status === "True") return [];
      const reason = active
        ? `${active.reason}: ${active.message}`
        : "the autoscaler has not evaluated its metrics yet";
      return [
        {
          where: `HorizontalPodAutoscaler ${namespaces.erp}/${metadata.name}`,
          expected: "the condition ScalingActive is true",
          found: reason,
          runbook: "ErpAutoscalerAtMaximum",
        },
      ];
    });
    return { failures, extent: `${found.length} autoscalers` };
  },
};
