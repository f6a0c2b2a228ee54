import { kubeStateMetrics } from "../../metrics/kube-state-metrics";
import { type Promql, promql } from "../../queries/query";

/** What containers ask for, without those of pods that are done and only kept to be looked at. */
export function requested(matchers: string): Promql {
  const { containerRequests, podPhase } = kubeStateMetrics;
  return promql`${containerRequests}{${matchers}} unless on (namespace, pod) ${podPhase}{phase=~"Succeeded|Failed"} == 1`;
}
