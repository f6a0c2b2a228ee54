import * as units from "@grafana/grafana-foundation-sdk/units";
import { logAgentCannotSend } from "../../alerts/log-agents/log-agent-cannot-send";
import { logFilesDeletedUnread } from "../../alerts/log-agents/log-files-deleted-unread";
import { logFilesUnread } from "../../alerts/log-agents/log-files-unread";
import { logLinesDropped } from "../../alerts/log-agents/log-lines-dropped";
import { podLogsCut } from "../../alerts/log-agents/pod-logs-cut";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { logFileBytes } from "../../logs/file-size";
import { logAgentMetrics } from "../../metrics/log-agents/log-agent-metrics";
import type { Environment } from "../../settings/environment";
import { scraped } from "../prometheus/monitoring-panels";

/** Lines that the log agents send, and lines that they drop. */
export function logAgentPanels(environment: Environment): Panel[] {
  const metrics = logAgentMetrics(environment);
  return [
    timeseries({
      ...scraped,
      width: 12,
      title: "Lines sent",
      description:
        "Lines per second that the log agent of each node sends and Loki accepts. If the line of a pod falls to 0, read the logs of that pod.",
      unit: units.CountsPerSecond,
      queries: [{ query: promql`sum by (pod) (rate(${metrics.sentEntries}[$__rate_interval]))`, legend: "{{pod}}" }],
    }),
    alertPanel(logLinesDropped(metrics), {
      title: "Dropped lines in 15 minutes",
      width: 12,
      most: 4,
      legend: "{{pod}}: {{reason}}",
    }),
    alertPanel(podLogsCut(metrics), {
      title: "Lines over the pod rate limit, 5 min",
      width: 12,
      most: 10,
      empty: "no lines dropped",
    }),
    timeseries({
      ...scraped,
      width: 12,
      title: "Failed log agent requests to Loki",
      description:
        "Requests with lines that Loki did not accept, per second and status. `-1` means that Loki did not answer. During an outage, an agent tries about twice a minute.",
      unit: units.CountsPerSecond,
      empty: "no failed requests",
      queries: [
        {
          query: promql`sum by (pod, status_code) (rate(${metrics.batches}{status_code!~"2.."}[$__rate_interval]))`,
          legend: "{{pod}}: {{status_code}}",
        },
      ],
    }),
  ];
}

/** Measures that no other panel shows. */
export function logAgentMeasures(environment: Environment): Panel[] {
  const metrics = logAgentMetrics(environment);
  return [
    alertPanel(logAgentCannotSend(metrics), { title: "Log batches that wait for Loki", width: 8, most: 10 }),
    alertPanel(logFilesUnread(metrics, logFileBytes(environment.logAgent)), {
      title: "Unread bytes of rotated log files",
      width: 8,
      most: 10,
      empty: "no rotated files",
    }),
    alertPanel(logFilesDeletedUnread(metrics), {
      title: "Bytes of log files deleted unread",
      width: 8,
      most: 10,
      empty: "no deleted files",
    }),
  ];
}
