import type { Alert } from "../../kit/alerts/alert";
import type { Inventory } from "../../metrics/inventory";
import { budgetBurn } from "./budget-burn";
import { slosOf } from "./slo";

/** More requests are slow than the latency objective allows. */
export function erpLatencyBudgetBurn(inventory: Pick<Inventory, "environment" | "tallies">): Alert[] {
  const { threshold } = inventory.environment.erp.slos.latency;
  return budgetBurn({
    ...slosOf(inventory).latency,
    name: "ErpLatencyBudgetBurn",
    cause: "latency-slo",
    summary: "Too many requests to the ERP are slow: more than its latency objective allows.",
    missed: `took longer than ${threshold} s`,
    // Without Redis, nothing is cached.
    causedBy: ["erp-api", "postgresql", "redis"],
  });
}
