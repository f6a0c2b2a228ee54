import { type Annotation, deployments } from "../../kit/dashboards/annotations";
import { logsLink } from "../../kit/dashboards/links";
import { type Promql, promql } from "../../kit/queries/query";
import { loki } from "../../logs/loki-store";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";

/** Link from a series of one pod to the lines that the pod wrote. */
export const podLogs = logsLink(
  "Logs of this pod",
  loki.lines({ namespaces: ["${namespace}"], pod: "${__field.labels.pod}" }),
);

/** Resource requests of containers, without pods that have ended and are only kept to be inspected. */
export function requestedResources(matchers: string): Promql {
  const { containerRequests, podPhase } = kubeStateMetrics;
  return promql`${containerRequests}{${matchers}} unless on (namespace, pod) ${podPhase}{phase=~"Succeeded|Failed"} == 1`;
}

/** Marks changes of the Deployments whose name matches the regular expression. */
export function deploymentsOf(names: string): Annotation {
  const { deploymentGeneration } = kubeStateMetrics;
  return deployments(promql`${deploymentGeneration}{namespace="$namespace",deployment=~"${names}"}`);
}
