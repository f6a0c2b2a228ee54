import { type Logql, logql } from "../queries/query";
import { type Alert, type AlertForm, titleOf } from "./alert";
import type { Limit } from "./limit";
import type { LogLines } from "./stories/log-lines";

/** An alert on logs: Loki evaluates it, and sends it to the same Alertmanager. */
export type LogAlert = Alert<Logql, LogLines>;

/** Seconds between two evaluations: a query of logs costs more than one of metrics. */
export const logEvaluationSeconds = 60;

/** Builds the alert with the expression that follows from its fields. */
export function logAlert(
  form: Omit<AlertForm<Logql, LogLines>, "confirmedBy"> & ({ readonly above: Limit } | { readonly below: Limit }),
): LogAlert {
  const comparison = form.above ? ">" : "<";
  const limit = (form.above ?? form.below) as Limit;
  const condition = logql`(${form.measure}) ${comparison} ${limit}`;
  const { provided, on = [] } = form;
  const expression = provided ? logql`${condition} and on (${on.join(", ")}) ${provided}` : condition;
  return { ...form, title: titleOf(form), limit, comparison, measures: [form.measure], expression };
}
