import type { Alert } from "../../kit/alerts/alert";
import type { Inventory } from "../../metrics/inventory";
import { budgetBurn } from "./budget-burn";
import { slosOf } from "./slo";

/** The ERP answers more requests slowly than it promises. */
export function erpLatencyBudgetBurn(inventory: Pick<Inventory, "environment" | "tallies">): Alert[] {
  const { threshold } = inventory.environment.erp.slos.latency;
  return budgetBurn({
    ...slosOf(inventory).latency,
    name: "ErpLatencyBudgetBurn",
    cause: "latency-slo",
    summary: "The ERP answers more requests slowly than its objective allows.",
    missed: `took longer than ${threshold} s`,
  });
}
