import { valueText } from "../../kit/alerts/value-text";
import { erpPublicProbe } from "../../metrics/erp-health-checks/erp-probe-metrics";
import { probeFailing } from "./probe-failing";

/** The path from users to the Service fails: DNS, certificate, load balancer or Ingress controller. */
export const erpPublicEndpointDown = probeFailing(erpPublicProbe.success, {
  name: "ErpPublicEndpointDown",
  cause: "erp-ingress",
  causedBy: ["erp-api", "erp-service", "dns"],
  summary: "Users cannot reach the ERP at its public address.",
  description: `${valueText("ratio")} of the probes of {{ $labels.instance }} succeeded in the last minute.`,
});
