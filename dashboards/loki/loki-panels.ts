import * as units from "@grafana/grafana-foundation-sdk/units";
import { lokiLosesLines } from "../../alerts/loki/loki-loses-lines";
import { lokiRefusesLines } from "../../alerts/loki/loki-refuses-lines";
import { lokiRequestsFailing } from "../../alerts/loki/loki-requests-failing";
import { lokiRetentionStopped } from "../../alerts/loki/loki-retention-stopped";
import { lokiStorageFailing } from "../../alerts/loki/loki-storage-failing";
import { lokiVolumeFull } from "../../alerts/loki/loki-volume-full";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { loki } from "../../metrics/loki/loki-metrics";
import type { Environment } from "../../settings/environment";
import { alertMeasures, scraped } from "../prometheus/monitoring-panels";

const half = { ...scraped, width: 12 };

/** Lines that Loki receives, and how it answers. */
export function lokiPanels(): Panel[] {
  return [
    timeseries({
      ...half,
      title: "Lines received",
      description:
        "Lines per second that Loki receives. If the rate is 0, no log agent sends lines, or the lines do not reach Loki.",
      unit: units.CountsPerSecond,
      queries: [{ query: promql`sum(rate(${loki.linesReceived}[$__rate_interval]))`, legend: "received" }],
    }),
    timeseries({
      ...half,
      title: "Loki p99 latency",
      description:
        "99 % of the requests are answered within this time. If `push` is slow, lines pile up in the log agents. If `query_range` is slow, queries read too much.",
      unit: units.Seconds,
      queries: [
        {
          query: promql`histogram_quantile(0.99, sum by (route, le) (rate(${loki.requests.bucket}{route=~"loki_api_v1_(push|query|query_range)"}[$__rate_interval])))`,
          legend: "{{route}}",
        },
      ],
    }),
    timeseries({
      ...half,
      title: "Streams in memory",
      description:
        "Log streams (label sets) with recent lines. If the number rises steadily, a label keeps getting new values.",
      unit: units.Short,
      queries: [{ query: promql`sum by (pod) (${loki.streams})`, legend: "{{pod}}" }],
    }),
    alertPanel(lokiRequestsFailing, { title: "Loki request failure ratio", width: 12, most: 5 }),
  ];
}

/** Measures that no other panel shows. */
export function lokiMeasures(environment: Environment): Panel[] {
  return alertMeasures({
    "Used share of Loki's volume": lokiVolumeFull,
    "Loki failed pushes, 15 min": lokiRefusesLines,
    "Loki failed storage writes, 5 min": lokiStorageFailing,
    "Time since Loki deleted old lines": lokiRetentionStopped,
    "Loki canary lines not found": environment.loki.canary && lokiLosesLines,
  });
}
