import type { Environment } from "../../config/environment";
import type { Alert } from "../../kit/alerts/alert";
import { erpCertificateExpires, erpCertificateExpiresSoon } from "./certificate-expiry";
import { erpDependencyDown } from "./erp-dependency-down";
import { erpLivenessFailing, erpReadinessFailing } from "./kubelet";
import { erpProbeFailing, erpPublicEndpointDown } from "./probe-failing";

/** What the ERP answers when it is asked whether it is well. */
export function healthChecks({ erp }: Pick<Environment, "erp">): readonly Alert[] {
  const behindIngress = [erpPublicEndpointDown, erpCertificateExpires, erpCertificateExpiresSoon];
  return [
    erpProbeFailing,
    erpReadinessFailing,
    erpLivenessFailing,
    erpDependencyDown,
    ...(erp.ingress ? behindIngress : []),
  ];
}
