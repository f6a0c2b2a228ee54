import { certificate } from "./certificate-expiry";

/** Time enough to mend the renewal, which should have come a week ago. */
export const erpCertificateExpires = certificate(21, {
  name: "ErpCertificateExpires",
  severity: "warning",
  summary: "A public certificate of the ERP was not renewed.",
});
