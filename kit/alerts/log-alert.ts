import { type Logql, logql } from "../queries/query";
import { type Alert, type AlertForm, changeForm, completeForm, type Limited } from "./alert";
import type { LogLines } from "./stories/log-lines";

/** An alert on logs: Loki evaluates it, and sends it to the same Alertmanager. */
export type LogAlert = Alert<Logql, LogLines>;

/** Seconds between two evaluations: a query of logs costs more than one of metrics. */
export const logEvaluationSeconds = 60;

/** Builds the alert with the expression that follows from its fields. */
export function logAlert(form: Omit<AlertForm<Logql, LogLines>, "confirmedBy"> & Limited): LogAlert {
  const completed = completeForm(form);
  const { measure, provided, limit, comparison, on = [] } = completed;
  const condition = logql`(${measure}) ${comparison} ${limit}`;
  const expression = provided ? logql`${condition} and on (${on.join(", ")}) ${provided}` : condition;
  return { ...completed, measures: [measure], expression, change: (values) => logAlert(changeForm(form, values)) };
}
