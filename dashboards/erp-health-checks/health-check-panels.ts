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

/** Probes of the kubelet, and of the blackbox exporter under the public addresses. */
export function healthCheckPanels({ erp }: Pick<Environment, "erp">): List<Panel> {
  const { ingress } = erp;
  const width = ingress ? 6 : 12;
  return [
    alertPanel(erpReadinessFailing, { title: "Failed readiness probes, %", width, legend: "{{container}}" }),
    alertPanel(erpLivenessFailing, { title: "Failed liveness probes in 10 minutes", width, legend: "{{container}}" }),
    ingress &&
      alertPanel(erpPublicEndpointDown, {
        title: "Successful public endpoint probes",
        width,
        legend: "{{instance}}",
      }),
    ingress &&
      alertPanel(erpCertificateExpires, {
        title: "Time until certificates expire",
        width,
        moreSevere: erpCertificateExpiresSoon,
      }),
  ];
}

/** Measures that other panels show in another form. */
export function healthCheckMeasures(): Panel[] {
  return [
    alertPanel(erpProbeFailing, { title: "Successful Service probes", width: 8, legend: "{{instance}}" }),
    alertPanel(erpDependencyDown, { title: "Pods that reach each dependency, %", width: 8, legend: "{{dependency}}" }),
  ];
}
