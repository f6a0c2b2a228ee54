import type { Environment } from "../../config/environment";
import type { Alert } from "../../kit/alerts/alert";
import type { Catalogue } from "../../metrics/catalogue";
import { budgetAlerts } from "./budget-burn";
import { slosOf } from "./slo";

/** When the ERP breaks what it promises. */
export function sloAlerts(environment: Environment, catalogue: Catalogue): Alert[] {
  const { availability, latency } = slosOf(environment, catalogue);
  return [
    ...budgetAlerts({
      ...availability,
      name: "ErpErrorBudgetBurn",
      cause: "availability-slo",
      summary: "The ERP fails more requests than its objective allows.",
      missed: "failed",
    }),
    ...budgetAlerts({
      ...latency,
      name: "ErpLatencyBudgetBurn",
      cause: "latency-slo",
      summary: "The ERP answers more requests slowly than its objective allows.",
      missed: `took longer than ${environment.erp.slos.latency.threshold} s`,
    }),
  ];
}
