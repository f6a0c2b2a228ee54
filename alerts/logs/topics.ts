import { erpErrorLinesHigh, erpLogsMissing, erpSecretsInLogs } from "./erp";
import type { LogAlert } from "./log-alert";

/** What Loki evaluates, by topic: it is a group of rules there. */
export const logTopics: Readonly<Record<string, readonly LogAlert[]>> = {
  logs: [erpErrorLinesHigh, erpLogsMissing, erpSecretsInLogs],
};
