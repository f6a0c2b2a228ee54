import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpDown } from "../../alerts/availability/erp";
import { erpPodsUnavailable } from "../../alerts/availability/pods";
import { erpTargetsDown } from "../../alerts/availability/targets";
import type { Environment } from "../../config/environment";
import type { Catalogue } from "../../metrics/catalogue";
import { erpApi } from "../../metrics/erp-api";
import { erpProbe } from "../../metrics/erp-probe";
import { promql } from "../../queries/query";
import { alertPanel } from "../frame/alert-panel";
import { type Panel, states, timeseries } from "../frame/panels";

/** Whether it can be reached, and whether it reaches what it needs. */
export function availability({ runbookBaseUrl }: Pick<Environment, "runbookBaseUrl">, catalogue: Catalogue): Panel[] {
  const alerts = [erpDown, erpPodsUnavailable, erpTargetsDown(catalogue)];
  return [probe(), dependencies(), ...alerts.map((alert) => alertPanel(alert, { runbookBaseUrl, width: 8 }))];
}

function probe(): Panel {
  return timeseries({
    title: "Answer to the probe",
    description:
      "How long the blackbox exporter waits for the ERP, by way of its Service. A gap: it got no answer. Pods up and no answer here: the Service, its network policy, or readiness.",
    unit: units.Seconds,
    width: 12,
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
    width: 12,
    shown: {
      query: promql`min by (dependency) (${erpApi.dependencyUp}{namespace="$namespace"})`,
      legend: "{{dependency}}",
    },
    well: "reached",
    ill: "not reached",
    empty: "not scraped",
  });
}
