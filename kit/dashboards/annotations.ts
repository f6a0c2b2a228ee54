import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import { type AnnotationQuery, AnnotationQueryBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { type Promql, promql } from "../queries/query";
import { dataSource } from "./panel-queries";

export type Annotation = Builder<AnnotationQuery>;

/**
 * Marks the times at which a Deployment was changed, by a rollout or by its autoscaler.
 * @param generation a series for each Deployment that rises with every change, with the label `deployment`
 */
export function deployments(generation: Promql): Annotation {
  return annotation("Deployments", "blue", promql`changes(${generation}[2m]) > 0`)
    .titleFormat("{{deployment}} changed")
    .textFormat("rolled out or scaled")
    .tagKeys("deployment");
}

/** Marks the times at which a version appeared that did not run five minutes before. */
export function versions(info: Promql): Annotation {
  const present = promql`group by (version) (${info})`;
  return annotation("Versions", "purple", promql`${present} unless group by (version) (${info} offset 5m)`)
    .titleFormat("version {{version}} appears")
    .tagKeys("version");
}

/**
 * Marks the times in which an alert of a team fires. An alert that fires for several series has one mark, because each
 * mark tints the graphs. Alerts of severity `info` and heartbeats have none.
 */
export function firingAlerts(team: string): Annotation {
  const firing = promql`ALERTS{alertstate="firing",team="${team}",severity=~"critical|warning"}`;
  return annotation("Alerts", "red", promql`group by (alertname, severity) (${firing})`)
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
