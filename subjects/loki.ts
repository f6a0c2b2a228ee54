import { lokiLosesLines } from "../alerts/loki/loki-loses-lines";
import { lokiRefusesLines } from "../alerts/loki/loki-refuses-lines";
import { lokiRequestsFailing } from "../alerts/loki/loki-requests-failing";
import { lokiRetentionStopped } from "../alerts/loki/loki-retention-stopped";
import { lokiStorageFailing } from "../alerts/loki/loki-storage-failing";
import { lokiVolumeFull } from "../alerts/loki/loki-volume-full";
import { alertIf } from "../kit/alerts/switched-off";
import { lokiCanary, lokiCanaryJob } from "../metrics/loki/loki-canary-metrics";
import { lokiJob, loki as metrics } from "../metrics/loki/loki-metrics";
import { addresses } from "../settings/addresses";
import { charts } from "../settings/versions";
import type { Subject } from "./subject";

/** Loki and its canary: from a log line that an agent sends to a search for it. */
export const loki: Subject = {
  name: "loki",
  causes: ["loki", "loki-volume", "loki-writes"],
  jobs: (environment) => [lokiJob, environment.loki.canary && lokiCanaryJob],
  metrics: ({ environment }) => [metrics, environment.loki.canary && lokiCanary],
  alerts: ({ environment }) => [
    lokiVolumeFull,
    lokiRefusesLines,
    lokiRequestsFailing,
    lokiStorageFailing,
    lokiRetentionStopped,
    alertIf(environment.loki.canary, lokiLosesLines, "`loki.canary` is off"),
  ],
  evidence: [
    {
      source: lokiJob.name,
      version: () => charts.loki.appVersion,
      inCluster: {
        pods: { namespace: addresses.loki.namespace, app: addresses.loki.service, port: addresses.loki.port },
        behind: "Promtail, and the alerting rules on logs",
      },
    },
    { source: lokiCanaryJob.name, version: () => charts.loki.programs.lokiCanary },
  ],
  eventSeries: {
    'loki_request_duration_seconds_count{status_code=~"5.."}': "a request that Loki failed",
    'loki_request_duration_seconds_count{route="loki_api_v1_push",status_code=~"5.."}':
      "a batch of lines that Loki failed",
  },
};
