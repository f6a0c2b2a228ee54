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

/** Health checks of the kubelet, and of the blackbox exporter from outside. */
export function healthCheckPanels({ erp }: Pick<Environment, "erp">): List<Panel> {
  const { ingress } = erp;
  const width = ingress ? 6 : 12;
  return [
    alertPanel(erpReadinessFailing, { title: "Failed readiness checks", width, legend: "{{container}}" }),
    alertPanel(erpLivenessFailing, { title: "Failed liveness checks in 10 minutes", width, legend: "{{container}}" }),
    ingress &&
      alertPanel(erpPublicEndpointDown, {
        title: "Checks of public addresses that succeed",
        width,
        legend: "{{instance}}",
      }),
    ingress &&
      alertPanel(erpCertificateExpires, {
        title: "Time until public certificates expire",
        width,
        severer: erpCertificateExpiresSoon,
      }),
  ];
}

/** What the alerts measure that other panels show in another form. */
export function healthCheckMeasures(): Panel[] {
  return [
    alertPanel(erpProbeFailing, { title: "Checks of the Service that succeed", width: 8, legend: "{{instance}}" }),
    alertPanel(erpDependencyDown, { title: "Pods that reach each dependency", width: 8, legend: "{{dependency}}" }),
  ];
}
