import { logAgentCannotSend } from "../alerts/log-agents/log-agent-cannot-send";
import { logLinesDropped } from "../alerts/log-agents/log-lines-dropped";
import { podLogsCut } from "../alerts/log-agents/pod-logs-cut";
import { alertIf } from "../kit/alerts/switched-off";
import { alloyJob, promtailJob } from "../metrics/log-agents/log-agent-jobs";
import { promtail } from "../metrics/log-agents/promtail-metrics";
import { namespaces } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { charts } from "../settings/versions";
import type { Subject } from "./subject";

const runsPromtail = ({ logAgent }: Environment) => logAgent.kind === "promtail";

/** The log agent on each node: Promtail, or Alloy, whose own metrics are not catalogued. */
export const logAgents: Subject = {
  name: "log-agents",
  causes: ["log-agent"],
  jobs: (environment) => [runsPromtail(environment) ? promtailJob : alloyJob],
  metrics: ({ environment }) => [runsPromtail(environment) && promtail],
  alerts: ({ environment }) =>
    [logLinesDropped, podLogsCut, logAgentCannotSend].map((alert) =>
      alertIf(runsPromtail(environment), alert, "`logAgent.kind` is `alloy`, whose metrics are not catalogued"),
    ),
  evidence: [
    {
      source: promtailJob.name,
      version: () => charts.promtail.appVersion,
      inCluster: {
        pods: { namespace: namespaces.nodeAgents, app: "promtail", port: 3101 },
        behind: "the logs of a node, and a pod that writes more of them than it may",
      },
    },
  ],
  eventSeries: {
    'promtail_request_duration_seconds_count{status_code!~"2.."}': "a batch of lines that Loki did not take",
    logentry_dropped_lines_by_label_total: "a pod that writes more lines than it may",
  },
};
