import { certificate } from "./certificate-expiry";

/** After it no browser and no client of the API lets anybody in. */
export const erpCertificateExpiresSoon = certificate(7, {
  name: "ErpCertificateExpiresSoon",
  severity: "critical",
  summary: "A public certificate of the ERP is about to expire.",
});
