import { erpCertificateExpires } from "../../alerts/erp-health-checks/erp-certificate-expires";
import { erpCertificateExpiresSoon } from "../../alerts/erp-health-checks/erp-certificate-expires-soon";
import { erpDependencyDown } from "../../alerts/erp-health-checks/erp-dependency-down";
import { erpLivenessFailing } from "../../alerts/erp-health-checks/erp-liveness-failing";
import { erpProbeFailing } from "../../alerts/erp-health-checks/erp-probe-failing";
import { erpPublicEndpointDown } from "../../alerts/erp-health-checks/erp-public-endpoint-down";
import { erpReadinessFailing } from "../../alerts/erp-health-checks/erp-readiness-failing";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import type { Panel } from "../../kit/dashboards/panels";
import type { List } from "../../kit/lists";
import type { Environment } from "../../settings/environment";

/** Results of the kubelet's and the blackbox exporter's health checks of the ERP. */
export function healthCheckPanels({ erp }: Pick<Environment, "erp">): List<Panel> {
  const { ingress } = erp;
  const form = { width: ingress ? 8 : 6 };
  return [
    alertPanel(erpProbeFailing, form),
    alertPanel(erpDependencyDown, { ...form, legend: "{{dependency}}" }),
    alertPanel(erpReadinessFailing, form),
    alertPanel(erpLivenessFailing, form),
    ingress && alertPanel(erpPublicEndpointDown, form),
    ingress && alertPanel(erpCertificateExpires, { ...form, severer: erpCertificateExpiresSoon }),
  ];
}
