import * as units from "@grafana/grafana-foundation-sdk/units";
import { lokiLosesLines } from "../../alerts/loki/loki-loses-lines";
import { lokiRequestsFailing } from "../../alerts/loki/loki-requests-failing";
import { lokiRetentionStopped } from "../../alerts/loki/loki-retention-stopped";
import { lokiStorageFailing } from "../../alerts/loki/loki-storage-failing";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { loki } from "../../metrics/loki/loki-metrics";
import type { Environment } from "../../settings/environment";
import { alertMeasures, scraped } from "../prometheus/monitoring-panels";

const half = { ...scraped, width: 12 };

/** Whether lines are taken, kept and found. */
export function lokiPanels(): Panel[] {
  return [
    timeseries({
      ...half,
      title: "Lines received",
      description: "Lines that Loki receives in a second. 0: no agent sends, or none reaches it.",
      unit: units.CountsPerSecond,
      queries: [{ query: promql`sum(rate(${loki.linesReceived}[$__rate_interval]))`, legend: "received" }],
    }),
    timeseries({
      ...half,
      title: "Loki: p99 of its answers",
      description:
        "99 % of the requests are answered within this time. `push` slow: lines pile up in the agents. `query_range` slow: searches read too much.",
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
      description: "Sets of labels that were written to of late. A slope: a label takes ever new values.",
      unit: units.Short,
      queries: [{ query: promql`sum by (pod) (${loki.streams})`, legend: "{{pod}}" }],
    }),
    alertPanel(lokiRequestsFailing, { title: "Loki: share of requests that fail", width: 12, most: 5 }),
  ];
}

/** What the alerts measure that no other panel shows. */
export function lokiMeasures(environment: Environment): Panel[] {
  return alertMeasures({
    "Loki: failed writes to its storage, 5 min": lokiStorageFailing,
    "Loki: time since old lines were deleted": lokiRetentionStopped,
    "Loki: share of test lines that are not found": environment.loki.canary && lokiLosesLines,
  });
}
