import type { Alert } from "../../kit/alerts/alert";
import type { Inventory } from "../../metrics/inventory";
import { budgetBurn } from "./budget-burn";
import { slosOf } from "./slo";

/** The ERP fails more requests than it promises. */
export function erpErrorBudgetBurn(inventory: Pick<Inventory, "environment" | "tallies">): Alert[] {
  return budgetBurn({
    ...slosOf(inventory).availability,
    name: "ErpErrorBudgetBurn",
    cause: "availability-slo",
    summary: "The ERP fails more requests than its objective allows.",
    missed: "failed",
  });
}
