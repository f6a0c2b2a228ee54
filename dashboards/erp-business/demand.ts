import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpTrafficDrop } from "../../alerts/erp-business/erp-traffic-drop";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import type { Inventory } from "../../metrics/inventory";
import { requestsPerMinute } from "./business-queries";

/** Requests, active organisations and connected clients. */
export function demand(inventory: Inventory): Panel[] {
  const { business, tallies } = inventory;
  const { weekAgo, activeOrganizations } = business;
  return [
    timeseries({
      title: "Requests per minute over time",
      description:
        "User requests per minute, averaged over 15 minutes, and those of last week, where they are recorded. If this week has a sudden drop that last week does not have, the path to the ERP is broken.",
      unit: units.Short,
      width: 12,
      queries: [{ query: requestsPerMinute(tallies.availability.all.minute), legend: "this week" }],
      queriesIfKept: [{ query: promql`sum(${weekAgo.requests}{namespace="$namespace"})`, legend: "last week" }],
      empty: "not recorded",
    }),
    alertPanel(erpTrafficDrop(inventory), { title: "Requests relative to last week", width: 12 }),
    timeseries({
      title: "Active organisations over time",
      description:
        "Organisations for which something was created within the hour before each point. Each pod distinguishes the first 200 organisations. All others count as one, which is not included here.",
      unit: units.Short,
      width: 12,
      queries: [{ query: promql`sum(${activeOrganizations}{namespace="$namespace"})`, legend: "organisations" }],
      empty: "not recorded",
    }),
    timeseries({
      title: "WebSocket connections over time",
      description:
        "Web clients that are connected, in all pods. If the line drops to 0 and recovers, the cause is a rollout, or a proxy that closes idle connections. If it does not recover, clients cannot reconnect.",
      unit: units.Short,
      width: 12,
      queries: [{ query: promql`sum(${erpApi.webSocketConnections}{namespace="$namespace"})`, legend: "connections" }],
      empty: "not scraped",
    }),
  ];
}
