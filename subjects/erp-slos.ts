import { erpErrorBudgetBurn } from "../alerts/erp-slos/erp-error-budget-burn";
import { erpLatencyBudgetBurn } from "../alerts/erp-slos/erp-latency-budget-burn";
import { sloDashboard } from "../dashboards/erp-slos/slo-dashboard";
import { tallyRecordings } from "../metrics/erp-slos/request-tallies";
import type { Subject } from "./subject";

/** The ERP's objectives for availability and latency. */
export const erpSlos: Subject = {
  name: "erp-slos",
  causes: ["availability-slo", "latency-slo"],
  recordings: ({ tallies }) => tallyRecordings(tallies),
  alerts: (catalogued) => [...erpErrorBudgetBurn(catalogued), ...erpLatencyBudgetBurn(catalogued)],
  dashboards: (catalogued) => [sloDashboard(catalogued)],
};
