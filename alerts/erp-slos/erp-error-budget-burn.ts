import type { Alert } from "../../kit/alerts/alert";
import type { Inventory } from "../../metrics/inventory";
import { budgetBurn } from "./budget-burn";
import { slosOf } from "./slo";

/** More requests fail than the availability objective allows. */
export function erpErrorBudgetBurn(inventory: Pick<Inventory, "environment" | "tallies">): Alert[] {
  return budgetBurn({
    ...slosOf(inventory).availability,
    name: "ErpErrorBudgetBurn",
    cause: "availability-slo",
    summary: "Too many requests to the ERP fail: more than its availability objective allows.",
    missed: "failed",
    causedBy: ["erp-api", "postgresql"],
  });
}
