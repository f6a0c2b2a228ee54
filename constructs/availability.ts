import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { Construct } from "constructs";

export interface AvailabilityProps {
  /** Name of the Deployment. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** A fixed number of pods, or bounds for an autoscaler. Its target is CPU use in percent of the CPU request. */
  readonly scale:
    | { readonly replicas: number }
    | { readonly minReplicas: number; readonly maxReplicas: number; readonly targetCpuUtilization: number };
}

/**
 * Keeps enough pods of a Deployment: an autoscaler if it scales, and a disruption budget if it has more than one pod.
 */
export class Availability extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, labels, scale }: AvailabilityProps) {
    super(scope, id);
    const metadata = { name, namespace };
    const fewest = "replicas" in scale ? scale.replicas : scale.minReplicas;
    if (fewest > 1) {
      // A budget for a single pod would only block drains.
      new PodDisruptionBudgetV1(this, "PodDisruptionBudget", {
        metadata,
        spec: { maxUnavailable: "1", selector: { matchLabels: { ...labels } } },
      });
    }
    if (!("replicas" in scale)) {
      new HorizontalPodAutoscalerV2(this, "HorizontalPodAutoscaler", {
        metadata,
        spec: {
          scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
          minReplicas: scale.minReplicas,
          maxReplicas: scale.maxReplicas,
          metric: [
            {
              type: "Resource",
              resource: {
                name: "cpu",
                target: { type: "Utilization", averageUtilization: scale.targetCpuUtilization },
              },
            },
          ],
        },
      });
    }
  }
}
