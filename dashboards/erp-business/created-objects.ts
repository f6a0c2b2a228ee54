import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpCreationStopped } from "../../alerts/erp-business/erp-creation-stopped";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { createdInHour } from "./business-queries";

/** Created orders, invoices and organisations. */
export function createdObjects(inventory: Inventory): Panel[] {
  const { business } = inventory;
  const width = 8;
  return [
    timeseries({
      title: "Created per hour by type",
      description:
        "Objects created in the hour before each point. If invoices stop while orders continue, the workers do not keep up. If all types stop, nobody works, or the ERP fails.",
      unit: units.Short,
      width,
      stacked: true,
      queries: [{ query: createdInHour(business, "entity_type"), legend: "{{entity_type}}" }],
      empty: "not recorded",
    }),
    timeseries({
      title: "Created per hour, this week and last",
      description:
        "All objects created in the hour before each point, and in the same hour a week ago. If the lines separate at a purple mark, the new version is the cause. If they separate in the morning, it may be a holiday.",
      unit: units.Short,
      width,
      queries: [
        { query: createdInHour(business), legend: "this week" },
        { query: promql`sum(${business.weekAgo.created}{namespace="$namespace"})`, legend: "last week" },
      ],
      empty: "not recorded",
    }),
    alertPanel(erpCreationStopped(inventory), {
      title: "Created relative to last week",
      width,
      legend: "{{entity_type}}",
    }),
  ];
}
