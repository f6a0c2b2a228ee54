import { type Promql, promql } from "../../kit/queries/query";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";

/** What containers ask for, without those of pods that are done and only kept to be looked at. */
export function requested(matchers: string): Promql {
  const { containerRequests, podPhase } = kubeStateMetrics;
  return promql`${containerRequests}{${matchers}} unless on (namespace, pod) ${podPhase}{phase=~"Succeeded|Failed"} == 1`;
}
