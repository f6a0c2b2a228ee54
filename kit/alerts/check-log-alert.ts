import type { Fault } from "../../faults";
import { checkLogql } from "../queries/logql/check-logql";
import type { LogVocabulary } from "../queries/logql/log-query";
import { type AlertContext, checkForm } from "./check-alert";
import type { LogAlert } from "./log-alert";

/** Faults of an alert on logs. */
export function checkLogAlert(alert: LogAlert, vocabulary: LogVocabulary, context: AlertContext = {}): Fault[] {
  return checkForm(alert, checkLogql(alert.expression.text, vocabulary), context);
}
