import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpCreationStopped } from "../../alerts/erp-business/erp-creation-stopped";
import { erpTrafficDrop } from "../../alerts/erp-business/erp-traffic-drop";
import type { Alert } from "../../kit/alerts/alert";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { below } from "../../kit/dashboards/thresholds";
import type { Recording } from "../../kit/metrics/recording";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import type { BusinessRecordings, WeekAgo } from "../../metrics/erp-business/business-recordings";
import type { Inventory } from "../../metrics/inventory";
import { createdInHour, requestsPerMinute } from "./business-queries";

const here = '{namespace="$namespace"}';

const width = 6;

/** Numbers from left to right. */
export function health(inventory: Inventory): Panel[] {
  const { business, tallies } = inventory;
  const { weekAgo } = business;
  const [stopped, drop] = [erpCreationStopped(inventory), erpTrafficDrop(inventory)];
  const requests = tallies.availability.all.minute;
  return [
    firing([stopped, drop]),
    stat({
      title: "Created in the last hour",
      description: "Business objects of all types that were created in the last hour. The next row shows them by type.",
      unit: units.Short,
      width,
      query: createdInHour(business),
      empty: "not recorded",
    }),
    createdOfLastWeek(business, weekAgo, stopped),
    stat({
      title: "Requests per minute",
      description:
        "User requests per minute in the last 15 minutes, without probes. If the number is far below normal, see the row Requests and users.",
      unit: units.Short,
      width,
      decimals: 0,
      query: requestsPerMinute(requests),
      empty: "not recorded",
    }),
    requestsOfLastWeek(requests, weekAgo, drop),
    stat({
      title: "Active organisations",
      description:
        "Organisations for which something was created within an hour. If the number is far below normal while requests arrive, some organisations cannot work.",
      unit: units.Short,
      width,
      query: promql`sum(${business.activeOrganizations}${here})`,
      empty: "not recorded",
    }),
    stat({
      title: "WebSocket connections",
      description:
        "Web clients that are connected now, in all pods. If the number is far below normal, see WebSocket connections over time.",
      unit: units.Short,
      width,
      query: promql`sum(${erpApi.webSocketConnections}${here})`,
      empty: "not scraped",
    }),
    stat({
      title: "Service calls",
      description:
        "Calls of the service layer per second, by the API and the workers. If the number is 0 while requests arrive, the requests fail before they reach the service layer.",
      unit: units.CountsPerSecond,
      width,
      query: promql`sum(rate(${erpApi.functionDuration.count}${here}[$__rate_interval]))`,
      empty: "no calls",
    }),
  ];
}

function firing(alerts: readonly Alert[]): Panel {
  const names = alerts.map(({ name }) => name).join("|");
  const panel = alertsFiring({ width, which: "Business alerts", matchers: `alertname=~"${names}"` });
  return { build: (context) => panel.build(context), needs: alerts.map(({ expression }) => expression) };
}

function createdOfLastWeek(business: BusinessRecordings, weekAgo: WeekAgo, stopped: Alert): Panel {
  return stat({
    title: "Created, % of last week",
    description:
      "Objects created in the last hour, as a share of the same hour a week ago. Red: the next row shows the missing type, for which ErpCreationStopped fires. A holiday looks the same, but no alert fires.",
    unit: units.PercentUnit,
    width,
    decimals: 0,
    query: promql`${createdInHour(business)} / (sum(${weekAgo.created}${here}) > 0)`,
    thresholds: below({ yellow: 0.5, red: stopped }),
    empty: "none a week ago",
  });
}

function requestsOfLastWeek(requests: Recording, weekAgo: WeekAgo, drop: Alert): Panel {
  return stat({
    title: "Requests, % of last week",
    description:
      "Requests of the last 15 minutes, as a share of the same time a week ago. Red: check whether users can reach the ERP. A holiday looks the same.",
    unit: units.PercentUnit,
    width,
    decimals: 0,
    query: promql`${requestsPerMinute(requests)} / (sum(${weekAgo.requests}${here}) > 0)`,
    thresholds: below({ yellow: 0.5, red: drop }),
    empty: "none a week ago",
  });
}
