import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpDown } from "../../alerts/erp-api/erp-down";
import { erpPodsUnavailable } from "../../alerts/erp-api/erp-pods-unavailable";
import { erpTargetsDown } from "../../alerts/prometheus/erp-targets-down";
import { erpTargetsMissing } from "../../alerts/prometheus/erp-targets-missing";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, states, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { erpProbe } from "../../metrics/erp-health-checks/erp-probe-metrics";
import type { Catalogued } from "../../metrics/inventory";

/** Whether the API can be reached, and whether it reaches its dependencies. */
export function availability(): Panel[] {
  return [
    probe(),
    dependencies(),
    alertPanel(erpPodsUnavailable, { title: "Available pods by Deployment, %", width: 8, legend: "{{deployment}}" }),
  ];
}

/** Measures that the panels above show in another form. */
export function availabilityMeasures(catalogued: Pick<Catalogued, "jobs">): Panel[] {
  return [
    alertPanel(erpDown, {
      title: "API pods up over time",
      width: 8,
      legend: "pods",
      confirming: "1 while a probe succeeds",
    }),
    alertPanel(erpTargetsDown(catalogued), { title: "Targets up by job", width: 8 }),
    alertPanel(erpTargetsMissing(catalogued), { title: "Number of targets by job", width: 8 }),
  ];
}

function probe(): Panel {
  return timeseries({
    title: "Probe response time",
    description:
      "Time that the ERP takes to answer the blackbox exporter through the ERP's Service. A gap means that no answer came. If pods are up and no answer comes, check the Service, its network policy, and readiness.",
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
      "State of each dependency according to the readiness checks of the API pods. If the pods report different results, the panel shows the worst one. If one is red, check its exporter and its logs. If all are red, check the network and DNS.",
    unit: units.Short,
    width: 8,
    shown: {
      query: promql`min by (dependency) (${erpApi.dependencyUp}{namespace="$namespace"})`,
      legend: "{{dependency}}",
    },
    good: "reachable",
    bad: "not reachable",
    empty: "not scraped",
  });
}
