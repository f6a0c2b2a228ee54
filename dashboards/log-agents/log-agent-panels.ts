import * as units from "@grafana/grafana-foundation-sdk/units";
import { logAgentCannotSend } from "../../alerts/log-agents/log-agent-cannot-send";
import { logLinesDropped } from "../../alerts/log-agents/log-lines-dropped";
import { podLogsCut } from "../../alerts/log-agents/pod-logs-cut";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { logAgentMetrics } from "../../metrics/log-agents/log-agent-metrics";
import type { Environment } from "../../settings/environment";
import { alertMeasures, scraped } from "../prometheus/monitoring-panels";

/** Whether lines get to Loki. */
export function logAgentPanels(environment: Environment): Panel[] {
  const metrics = logAgentMetrics(environment);
  return [
    timeseries({
      ...scraped,
      width: 8,
      title: "Lines sent",
      description: "Lines that the agent of each node sends in a second, and Loki takes.",
      unit: units.CountsPerSecond,
      queries: [{ query: promql`sum by (pod) (rate(${metrics.sentEntries}[$__rate_interval]))`, legend: "{{pod}}" }],
    }),
    ...alertMeasures([logLinesDropped, podLogsCut, logAgentCannotSend].map((alert) => alert(metrics))),
  ];
}
