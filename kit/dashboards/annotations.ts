import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import { type AnnotationQuery, AnnotationQueryBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import { type Promql, promql } from "../queries/query";
import { dataSource } from "./panel-queries";

export type Annotation = Builder<AnnotationQuery>;

/** When a Deployment was changed: by a rollout, or by its autoscaler. */
export function deployments(named: string): Annotation {
  const generation = `${kubeStateMetrics.deploymentGeneration}{namespace="$namespace",deployment=~"${named}"}`;
  return annotation("Deployments", "blue", promql`changes(${generation}[2m]) > 0`)
    .titleFormat("{{deployment}} changed")
    .textFormat("rolled out or scaled")
    .tagKeys("deployment");
}

/** When a version appeared that was not there five minutes before. */
export function versions(info: Promql): Annotation {
  const present = promql`group by (version) (${info})`;
  return annotation("Versions", "purple", promql`${present} unless group by (version) (${info} offset 5m)`)
    .titleFormat("version {{version}} appears")
    .tagKeys("version");
}

/** While an alert of a team fires; a heartbeat does while all is well. */
export function firingAlerts(team: string): Annotation {
  return annotation("Alerts", "red", promql`ALERTS{alertstate="firing",team="${team}",severity!="heartbeat"}`)
    .titleFormat("{{alertname}} fires")
    .textFormat("{{severity}}")
    .tagKeys("alertname,severity");
}

function annotation(name: string, color: string, query: Promql): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(dataSource.promql)
    .enable(true)
    .iconColor(color)
    .expr(query.text)
    .step("60s");
}
