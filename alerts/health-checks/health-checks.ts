import type { Environment } from "../../config/environment";
import type { Alert } from "../alert";
import { erpCertificateExpires, erpCertificateExpiresSoon } from "./certificates";
import { erpDependencyDown } from "./dependencies";
import { erpLivenessFailing, erpReadinessFailing } from "./kubelet";
import { erpProbeFailing, erpPublicEndpointDown } from "./probes";

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
