import { erpCertificateExpires, erpCertificateExpiresSoon } from "../../alerts/erp-health-checks/certificate-expiry";
import { erpDependencyDown } from "../../alerts/erp-health-checks/erp-dependency-down";
import { erpLivenessFailing, erpReadinessFailing } from "../../alerts/erp-health-checks/kubelet";
import { erpProbeFailing, erpPublicEndpointDown } from "../../alerts/erp-health-checks/probe-failing";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import type { Panel } from "../../kit/dashboards/panels";

/** What the ERP answers the kubelet and the probes when they ask whether it is well. */
export function healthCheckPanels({ erp, runbookBaseUrl }: Pick<Environment, "erp" | "runbookBaseUrl">): Panel[] {
  const own = { runbookBaseUrl, width: erp.ingress ? 8 : 6 };
  return [
    alertPanel(erpProbeFailing, own),
    alertPanel(erpDependencyDown, { ...own, legend: "{{dependency}}" }),
    alertPanel(erpReadinessFailing, own),
    alertPanel(erpLivenessFailing, own),
    ...(erp.ingress
      ? [
          alertPanel(erpPublicEndpointDown, own),
          alertPanel(erpCertificateExpires, { ...own, graver: erpCertificateExpiresSoon }),
        ]
      : []),
  ];
}
