import type { Fault } from "../../faults";
import { logVocabulary } from "../../logs/vocabulary";
import { checkLogql } from "../queries/logql/check-logql";
import { checkForm } from "./check-alert";
import type { LogAlert } from "./log-alert";

/** What is wrong with an alert that asks the logs. */
export function checkLogAlert(alert: LogAlert): Fault[] {
  return checkForm(alert, checkLogql(alert.expression.text, logVocabulary));
}
