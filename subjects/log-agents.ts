import { logAgentCannotSend } from "../alerts/log-agents/log-agent-cannot-send";
import { logFilesDeletedUnread } from "../alerts/log-agents/log-files-deleted-unread";
import { logFilesUnread } from "../alerts/log-agents/log-files-unread";
import { logLinesDropped } from "../alerts/log-agents/log-lines-dropped";
import { podLogsCut } from "../alerts/log-agents/pod-logs-cut";
import { logFileBytes } from "../logs/file-size";
import { alloyJob, promtailJob } from "../metrics/log-agents/log-agent-jobs";
import { logAgentMetrics } from "../metrics/log-agents/log-agent-metrics";
import { namespaces } from "../settings/addresses";
import { charts } from "../settings/versions";
import { plainVersion } from "./program-versions";
import type { Subject } from "./subject";

/** The log agent on each node: Promtail or Alloy. Both have the same metrics under different names. */
export const logAgents: Subject = {
  name: "log-agents",
  causes: ["log-agent"],
  jobs: ({ logAgent }) => [logAgent.kind === "promtail" ? promtailJob : alloyJob],
  metrics: ({ environment }) => [{ ...logAgentMetrics(environment) }],
  alerts: ({ environment }) => [
    ...[logLinesDropped, podLogsCut, logAgentCannotSend, logFilesDeletedUnread].map((alert) =>
      alert(logAgentMetrics(environment)),
    ),
    logFilesUnread(logAgentMetrics(environment), logFileBytes(environment.logAgent)),
  ],
  evidence: [
    {
      source: promtailJob.name,
      version: () => charts.promtail.appVersion,
      inCluster: {
        pods: { namespace: namespaces.nodeAgents, app: "promtail", port: 3101 },
        behind: "the logs of a node, and a pod that exceeds the log rate limit",
      },
    },
    { source: alloyJob.name, version: () => plainVersion(charts.alloy.appVersion) },
  ],
  eventSeries: {
    'promtail_request_duration_seconds_count{status_code!~"2.."}': "a batch of lines that Loki did not accept",
    logentry_dropped_lines_by_label_total: "a pod that exceeds the log rate limit",
    'loki_write_request_duration_seconds_count{status_code!~"2.."}': "a batch of lines that Loki did not accept",
    loki_process_dropped_lines_by_label_total: "a pod that exceeds the log rate limit",
  },
};
