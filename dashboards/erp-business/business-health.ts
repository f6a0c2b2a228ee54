import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpCreationStopped } from "../../alerts/erp-business/erp-creation-stopped";
import { erpTrafficDrop } from "../../alerts/erp-business/erp-traffic-drop";
import type { Alert } from "../../kit/alerts/alert";
import type { Limit } from "../../kit/alerts/limit";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { below } from "../../kit/dashboards/thresholds";
import type { List } from "../../kit/lists";
import type { Recording } from "../../kit/metrics/recording";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import type { BusinessRecordings, WeekAgo } from "../../metrics/erp-business/business-recordings";
import type { Inventory } from "../../metrics/inventory";
import { createdInHour, requestsPerMinute } from "./business-queries";

const here = '{namespace="$namespace"}';

const width = 6;

/** Read from left to right; what compares is there where Prometheus remembers last week. */
export function useOfErp(inventory: Inventory): List<Panel> {
  const { business, tallies } = inventory;
  const { weekAgo } = business;
  const width = weekAgo ? 6 : 8;
  const [stopped, drop] = [erpCreationStopped(inventory), erpTrafficDrop(inventory)];
  const requests = tallies.availability.all.minute;
  return [
    stopped && drop && firing([stopped, drop]),
    stat({
      title: "Created in an hour",
      description: "Business objects of all types that were created in the last hour. Which ones, the next row says.",
      unit: units.Short,
      width,
      query: createdInHour(business),
      empty: "not recorded",
    }),
    weekAgo && stopped && createdOfLastWeek(business, weekAgo, stopped.limit),
    stat({
      title: "Requests a minute",
      description: "What users asked of the ERP in the last 15 minutes, probes left out.",
      unit: units.Short,
      width,
      decimals: 0,
      query: requestsPerMinute(requests),
      empty: "not recorded",
    }),
    weekAgo && drop && requestsOfLastWeek(requests, weekAgo, drop.limit),
    stat({
      title: "Active organisations",
      description:
        "Organisations for which something was created within an hour. Far fewer than usual while requests come: some are shut out.",
      unit: units.Short,
      width,
      query: promql`sum(${business.activeOrganizations}${here})`,
      empty: "not recorded",
    }),
    stat({
      title: "WebSockets",
      description: "Web clients that are connected now, of all pods.",
      unit: units.Short,
      width,
      query: promql`sum(${erpApi.webSocketConnections}${here})`,
      empty: "not scraped",
    }),
    stat({
      title: "Service calls",
      description:
        "Calls of the service layer per second, by API and workers. 0 while requests come: none gets that far.",
      unit: units.CountsPerSecond,
      width,
      query: promql`sum(rate(${erpApi.functionDuration.count}${here}[$__rate_interval]))`,
      empty: "no calls",
    }),
  ];
}

function firing(alerts: readonly Alert[]): Panel {
  const names = alerts.map(({ name }) => name).join("|");
  return alertsFiring({ width, which: "Alerts about the business", matchers: `alertname=~"${names}"` });
}

function createdOfLastWeek(business: BusinessRecordings, weekAgo: WeekAgo, limit: Limit): Panel {
  return stat({
    title: "Created, of last week",
    description:
      "The last hour's objects, of those in the same hour a week ago. Red: look in the next row for the type that is missing; ErpCreationStopped does. A holiday looks the same, and fires nothing.",
    unit: units.PercentUnit,
    width,
    decimals: 0,
    query: promql`${createdInHour(business)} / (sum(${weekAgo.created}${here}) > 0)`,
    thresholds: below({ yellow: 0.5, red: limit.value }),
    empty: "none a week ago",
  });
}

function requestsOfLastWeek(requests: Recording, weekAgo: WeekAgo, limit: Limit): Panel {
  return stat({
    title: "Requests, of last week",
    description:
      "The last 15 minutes' requests, of those at the same time a week ago. Red: look whether users get as far as the ERP. A holiday looks the same.",
    unit: units.PercentUnit,
    width,
    decimals: 0,
    query: promql`${requestsPerMinute(requests)} / (sum(${weekAgo.requests}${here}) > 0)`,
    thresholds: below({ yellow: 0.5, red: limit.value }),
    empty: "none a week ago",
  });
}
