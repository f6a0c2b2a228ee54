import type { LogAlert } from "../../kit/alerts/log-alert";
import { erpErrorLinesHigh, erpLogsMissing, erpSecretsInLogs } from "./erp";

/** What Loki evaluates, by topic: it is a group of rules there. */
export const logTopics: Readonly<Record<string, readonly LogAlert[]>> = {
  logs: [erpErrorLinesHigh, erpLogsMissing, erpSecretsInLogs],
};
