import * as units from "@grafana/grafana-foundation-sdk/units";
import type { BusinessAlerts } from "../../alerts/erp-business/business";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import type { Catalogue } from "../../metrics/catalogue";
import { createdInHour } from "./business-queries";

/** Orders, invoices, organisations: the ERP's output. */
export function created(
  { runbookBaseUrl }: Pick<Environment, "runbookBaseUrl">,
  { business }: Catalogue,
  alerts: BusinessAlerts | undefined,
): (Panel | undefined)[] {
  const { weekAgo } = business;
  const width = weekAgo ? 8 : 24;
  return [
    timeseries({
      title: "Created per hour, by type",
      description:
        "Objects created in the hour before each point. Orders go on and invoices stop: the workers do not keep up. All stop: nobody works, or nothing works.",
      unit: units.Short,
      width,
      stacked: true,
      queries: [{ query: createdInHour(business, "entity_type"), legend: "{{entity_type}}" }],
      empty: "not recorded",
    }),
    weekAgo &&
      timeseries({
        title: "Created per hour, this week and last",
        description:
          "All objects of the hour before each point, and of the same hour a week ago. Lines that part at a purple mark: the new version. From the morning on: perhaps a holiday.",
        unit: units.Short,
        width,
        queries: [
          { query: createdInHour(business), legend: "this week" },
          { query: promql`sum(${weekAgo.created}{namespace="$namespace"})`, legend: "last week" },
        ],
        empty: "not recorded",
      }),
    alerts && alertPanel(alerts.creationStopped, { runbookBaseUrl, width, legend: "{{entity_type}}" }),
  ];
}
