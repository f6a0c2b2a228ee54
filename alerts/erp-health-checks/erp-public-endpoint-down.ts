import { valueText } from "../../kit/alerts/value-text";
import { erpPublicProbe } from "../../metrics/erp-health-checks/erp-probe-metrics";
import { probeFailing } from "./probe-failing";

/** Whatever stands between users and the Service: names, certificate, load balancer, Ingress controller. */
export const erpPublicEndpointDown = probeFailing(erpPublicProbe.success, {
  name: "ErpPublicEndpointDown",
  cause: "erp-ingress",
  causedBy: ["erp-api", "erp-service"],
  summary: "The ERP cannot be reached under its public address.",
  description: `Of the last minute's probes of {{ $labels.instance }}, ${valueText("ratio")} succeeded.`,
});
