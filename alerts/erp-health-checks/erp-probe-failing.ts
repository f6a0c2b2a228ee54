import { valueText } from "../../kit/alerts/value-text";
import { erpProbe } from "../../metrics/erp-health-checks/erp-probe-metrics";
import { probeFailing } from "./probe-failing";

/**
 * The Service has no ready pod. ErpDown does not see that, because Prometheus scrapes the pods directly, whether they
 * are ready or not.
 */
export const erpProbeFailing = probeFailing(erpProbe.success, {
  name: "ErpProbeFailing",
  cause: "erp-service",
  causedBy: ["erp-api", "postgresql", "dns"],
  summary: "Users cannot reach the ERP: probes of its Service fail.",
  description: `${valueText("ratio")} of the probes of {{ $labels.instance }} succeeded in the last minute.`,
});
