import { type Part, samples } from "../../kit/alerts/stories/samples";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";

const { nodeCondition } = kubeStateMetrics;

export const conditionSamples = (condition: string, parts: readonly Part[], status = "true") =>
  samples(nodeCondition, parts, { condition, status });
