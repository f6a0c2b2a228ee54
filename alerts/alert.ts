import { type Promql, promql } from "../queries/query";
import type { Limit } from "./limit";
import type { Scenario } from "./scenario";

/** An alert as its author fills it in. */
export interface AlertForm {
  /** Also the name of its runbook: `docs/runbooks/<name>.md`. */
  readonly name: string;
  /** `critical` pages, `warning` goes to chat, `info` only silences others. */
  readonly severity: "critical" | "warning" | "info";
  readonly service: string;
  readonly team: "erp" | "platform";
  /** What is compared with the limit; a panel shows the same. */
  readonly measure: Promql;
  /** It fires while the measure is above. Give this or `below`. */
  readonly above?: Limit;
  /** It fires while the measure is below. */
  readonly below?: Limit;
  /** The traffic without which the measure means nothing, as a condition. */
  readonly provided?: Promql;
  /** Labels by which measure and `provided` are joined. @default both without labels */
  readonly on?: readonly string[];
  /** How long it must last. @default fires at once */
  readonly for?: string;
  /** How long it goes on after the measure is well again, against flapping. @default not at all */
  readonly keepFiringFor?: string;
  /** One sentence, always the same: it is what notifications are grouped under. */
  readonly summary: string;
  /** What is wrong, with the value in words: a template of Prometheus. */
  readonly description: string;
  /** The stories that prove it, each under the sentence that it tells. */
  readonly scenarios: Readonly<Record<string, Scenario>>;
}

export interface Alert extends AlertForm {
  /** What it fires beyond, and on which side. */
  readonly limit: Limit;
  readonly comparison: ">" | "<";
  readonly expression: Promql;
}

/** The alert with the expression that its fields amount to. */
export function alert(form: AlertForm & ({ readonly above: Limit } | { readonly below: Limit })): Alert {
  const comparison = form.above ? ">" : "<";
  const limit = (form.above ?? form.below) as Limit;
  const condition = promql`${form.measure} ${comparison} ${limit}`;
  const { provided, on = [] } = form;
  const expression = provided ? promql`${condition} and on (${on.join(", ")}) ${provided}` : condition;
  return { ...form, limit, comparison, expression };
}
