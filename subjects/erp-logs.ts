import { erpErrorLinesHigh } from "../alerts/erp-logs/erp-error-lines-high";
import { erpLogsMissing } from "../alerts/erp-logs/erp-logs-missing";
import { erpSecretsInLogs } from "../alerts/erp-logs/erp-secrets-in-logs";
import { logsDashboard } from "../dashboards/erp-logs/logs-dashboard";
import type { Subject } from "./subject";

/** The logs of the ERP's programs. */
export const erpLogs: Subject = {
  name: "erp-logs",
  logAlerts: () => [erpErrorLinesHigh, erpLogsMissing, erpSecretsInLogs],
  dashboards: (catalogued) => [logsDashboard(catalogued)],
};
