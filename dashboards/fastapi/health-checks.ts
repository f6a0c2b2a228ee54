import { erpCertificateExpires, erpCertificateExpiresSoon } from "../../alerts/health-checks/certificates";
import { erpDependencyDown } from "../../alerts/health-checks/dependencies";
import { erpLivenessFailing, erpReadinessFailing } from "../../alerts/health-checks/kubelet";
import { erpProbeFailing, erpPublicEndpointDown } from "../../alerts/health-checks/probes";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../frame/alert-panel";
import type { Panel } from "../frame/panels";

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
