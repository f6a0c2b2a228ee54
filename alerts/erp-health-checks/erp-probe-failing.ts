import { valueText } from "../../kit/alerts/value-text";
import { erpProbe } from "../../metrics/erp-health-checks/erp-probe-metrics";
import { probeFailing } from "./probe-failing";

/**
 * The Service leads to no pod that is ready. ErpDown does not see that: Prometheus asks the pods themselves, and those
 * that are not ready answer it as well.
 */
export const erpProbeFailing = probeFailing(erpProbe.success, {
  name: "ErpProbeFailing",
  cause: "erp-service",
  causedBy: ["erp-api", "postgresql", "redis"],
  summary: "The ERP cannot be reached: its Service gives no good answer.",
  description: `Of the last minute's probes of {{ $labels.instance }}, ${valueText("ratio")} succeeded.`,
});
