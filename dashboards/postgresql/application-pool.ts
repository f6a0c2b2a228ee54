import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpDatabaseConnectionsAwaited } from "../../alerts/erp-processes/erp-database-connections-awaited";
import { erpDatabasePoolNearlyExhausted } from "../../alerts/erp-processes/erp-database-pool-nearly-exhausted";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { inNamespace } from "./database-queries";

/** Connection pools of the ERP, in the API and in the workers. */
export function applicationPool(): Panel[] {
  return [
    alertPanel(erpDatabasePoolNearlyExhausted, { title: "Pool in use by pod", width: 12, legend: "{{pod}}" }),
    alertPanel(erpDatabaseConnectionsAwaited, {
      title: "Connection waits over 0.5 s",
      width: 12,
      legend: "{{pool}}",
    }),
    openConnections(),
    waitDurations(),
  ];
}

function openConnections(): Panel {
  return timeseries({
    title: "Pool connections by state",
    description:
      "Open connections of all pods. If almost all are checked out while requests wait, queries are slow, or the pools are too small. If connections stay checked out at night, a session is never closed.",
    unit: units.Short,
    width: 12,
    stacked: true,
    queries: [
      {
        query: promql`sum by (pool, state) (${erpApi.poolConnections}{${inNamespace}})`,
        legend: "{{pool}}: {{state}}",
      },
    ],
    // Idle connections are normal and green; those that are checked out must stand out.
    colors: {
      "api: idle": "green",
      "worker: idle": "dark-green",
      "api: checked_out": "blue",
      "worker: checked_out": "purple",
    },
    empty: "not scraped",
  });
}

function waitDurations(): Panel {
  const within = (share: number) =>
    promql`histogram_quantile(${share}, sum by (le, pool) (rate(${erpApi.poolWait.bucket}{${inNamespace}}[$__rate_interval]))) >= 0`;
  return timeseries({
    title: "Connection wait time",
    description:
      "Time within which half and 99 % of the requests get a connection from the pool. Milliseconds are normal; opening a new connection takes longer. After 3 s the ERP gives up, and the request fails.",
    unit: units.Seconds,
    width: 12,
    queries: [0.5, 0.99].map((share) => ({ query: within(share), legend: `{{pool}}: p${100 * share}` })),
    empty: "no requests",
  });
}
