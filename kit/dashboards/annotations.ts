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
 * Marks the times at which an alert begins to fire. An alert that fires for several series has one mark. A mark for the
 * whole time would tint the graphs, and the tints of several alerts would hide the data. Alerts of severity `info` and
 * the heartbeat have no mark.
 * @param matchers matchers of `ALERTS` that select the alerts: `team="erp"`
 */
export function firingAlerts(matchers: string): Annotation {
  const firing = promql`ALERTS{alertstate="firing",${matchers},severity=~"critical|warning"}`;
  const names = promql`group by (alertname, severity)`;
  // Grafana evaluates it every minute, and every two minutes over the longest time range that Prometheus keeps.
  return annotation("Alerts", "red", promql`${names} (${firing}) unless ${names} (${firing} offset 2m)`)
    .titleFormat("{{alertname}} begins to fire")
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
