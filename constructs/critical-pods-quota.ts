import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { Construct } from "constructs";

export interface CriticalPodsQuotaProps {
  readonly namespace: string;
  readonly priorityClass: string;
}

/**
 * Admits pods of a `system-…` PriorityClass to a namespace. Clusters that limit these classes, such as GKE, admit them only in
 * namespaces with a quota for them, by default `kube-system`. In other clusters the quota limits nothing.
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/#limit-priority-class-consumption-by-default
 */
export class CriticalPodsQuota extends Construct {
  constructor(scope: Construct, id: string, { namespace, priorityClass }: CriticalPodsQuotaProps) {
    super(scope, id);
    new ResourceQuotaV1(this, "ResourceQuota", {
      metadata: { name: "critical-pods", namespace },
      spec: {
        // More than a cluster can have: https://kubernetes.io/docs/setup/best-practices/cluster-large/
        hard: { pods: "150000" },
        scopeSelector: {
          matchExpression: [{ scopeName: "PriorityClass", operator: "In", values: [priorityClass] }],
        },
      },
    });
  }
}
