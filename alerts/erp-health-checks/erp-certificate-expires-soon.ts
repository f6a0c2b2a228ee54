import { certificateExpiryAlert } from "./certificate-expiry";

/** Once the certificate has expired, no browser and no API client connects to the ERP. */
export const erpCertificateExpiresSoon = certificateExpiryAlert(7, {
  name: "ErpCertificateExpiresSoon",
  severity: "critical",
  summary: "The ERP's public certificate is about to expire: users will then be unable to connect.",
});
