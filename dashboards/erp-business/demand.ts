import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpTrafficDrop } from "../../alerts/erp-business/erp-traffic-drop";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { type List, present } from "../../kit/lists";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import type { Inventory } from "../../metrics/inventory";
import { requestsPerMinute } from "./business-queries";

/** Who uses the ERP, and how much. */
export function demand(inventory: Inventory): List<Panel> {
  const { business, tallies } = inventory;
  const drop = erpTrafficDrop(inventory);
  const { weekAgo, activeOrganizations } = business;
  const lastWeek = weekAgo && {
    query: promql`sum(${weekAgo.requests}{namespace="$namespace"})`,
    legend: "last week",
  };
  return [
    timeseries({
      title: "Requests a minute over time",
      description:
        "What users ask of the ERP, averaged over 15 minutes; where it is remembered, with last week's. A cliff that last week has not: the way to the ERP is broken.",
      unit: units.Short,
      width: 12,
      queries: present([{ query: requestsPerMinute(tallies.availability.all.minute), legend: "this week" }, lastWeek]),
      empty: "not recorded",
    }),
    drop && alertPanel(drop, { title: "Requests, as a share of last week", width: 12 }),
    timeseries({
      title: "Active organisations over time",
      description:
        "Organisations for which something was created within the hour before each point. More than 200 of them a pod counts as one, and they are left out here.",
      unit: units.Short,
      width: 12,
      queries: [{ query: promql`sum(${activeOrganizations}{namespace="$namespace"})`, legend: "organisations" }],
      empty: "not recorded",
    }),
    timeseries({
      title: "WebSockets over time",
      description:
        "Web clients that are connected, of all pods. A fall to 0 that comes back: a rollout, or a proxy that closes what is idle. A fall that stays: clients cannot come back.",
      unit: units.Short,
      width: 12,
      queries: [{ query: promql`sum(${erpApi.webSocketConnections}{namespace="$namespace"})`, legend: "connections" }],
      empty: "not scraped",
    }),
  ];
}
