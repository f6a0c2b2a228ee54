import { certificateExpiryAlert } from "./certificate-expiry";

/** The renewal is about a week late. There is enough time to repair it. */
export const erpCertificateExpires = certificateExpiryAlert(21, {
  name: "ErpCertificateExpires",
  severity: "warning",
  summary: "The ERP's public certificate was not renewed in time.",
});
