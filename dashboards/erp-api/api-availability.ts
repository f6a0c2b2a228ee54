import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpDown } from "../../alerts/erp-api/erp-down";
import { erpPodsUnavailable } from "../../alerts/erp-api/erp-pods-unavailable";
import { erpTargetsDown } from "../../alerts/prometheus/erp-targets-down";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, states, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { erpProbe } from "../../metrics/erp-health-checks/erp-probe-metrics";
import type { Catalogued } from "../../metrics/inventory";

/** Whether it can be reached, and whether it reaches what it needs. */
export function availability(): Panel[] {
  return [
    probe(),
    dependencies(),
    alertPanel(erpPodsUnavailable, { title: "Available pods by Deployment", width: 8, legend: "{{deployment}}" }),
  ];
}

/** What the alerts measure that the panels above show in another form. */
export function availabilityMeasures(catalogued: Pick<Catalogued, "jobs">): Panel[] {
  return [
    alertPanel(erpDown, { title: "API pods that answer Prometheus", width: 8, legend: "pods" }),
    alertPanel(erpTargetsDown(catalogued), { title: "Targets that answer, by job", width: 8 }),
  ];
}

function probe(): Panel {
  return timeseries({
    title: "Answer to the probe",
    description:
      "How long the blackbox exporter waits for the ERP, by way of its Service. A gap: it got no answer. Pods up and no answer here: the Service, its network policy, or readiness.",
    unit: units.Seconds,
    width: 8,
    queries: [
      {
        query: promql`max by (instance) (${erpProbe.duration}{namespace="$namespace"}) and max by (instance) (${erpProbe.success}{namespace="$namespace"}) == 1`,
        legend: "{{instance}}",
      },
    ],
    empty: "no answer",
  });
}

function dependencies(): Panel {
  return states({
    title: "Dependencies",
    description:
      "What the API reaches, by its own readiness check: the worst of its pods. Red for one: its exporter and its logs come next. Red for all: network or DNS.",
    unit: units.Short,
    width: 8,
    shown: {
      query: promql`min by (dependency) (${erpApi.dependencyUp}{namespace="$namespace"})`,
      legend: "{{dependency}}",
    },
    well: "reached",
    ill: "not reached",
    empty: "not scraped",
  });
}
