import { type Logql, type Promql, promql } from "../queries/query";
import type { Cause, LabelledCause } from "./causes";
import type { Limit } from "./limit";
import type { Samples } from "./samples";
import type { Scenario } from "./scenario";

export const severities = ["critical", "warning", "info", "heartbeat"] as const;
export type Severity = (typeof severities)[number];

/** An alert as its author fills it in. `logs/log-alert.ts` has those that ask the logs instead. */
export interface AlertForm<Asked extends Promql | Logql = Promql, Given = Samples> {
  /** Also the name of its runbook: `docs/runbooks/<name>.md`. */
  readonly name: string;
  /** What tells it from other alerts of its name. @default its name is its own */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * `critical` pages, `warning` goes to chat, `info` only silences others. `heartbeat` fires while all is well, for those
   * outside who page when they hear nothing.
   */
  readonly severity: Severity;
  readonly service: string;
  readonly team: "erp" | "platform";
  /** What it shows to be the matter: while it fires, alerts `causedBy` that, and no more severe, are not sent. */
  readonly cause?: Cause;
  /**
   * What may be behind it; whoever is told of that needs no second message. `"{{ $labels.dependency }}"` names the cause
   * that the label holds. Name only what explains the alert by itself, or it hides a second trouble.
   */
  readonly causedBy?: readonly (Cause | LabelledCause)[];
  /** What is compared with the limit; a panel shows the same. */
  readonly measure: Asked;
  /** It fires while the measure is above. Give this or `below`. */
  readonly above?: Limit;
  /** It fires while the measure is below. */
  readonly below?: Limit;
  /** A second look, such as over a shorter time: it fires only while this, too, is beyond the limit. */
  readonly confirmedBy?: Asked;
  /** The traffic without which the measure means nothing, as a condition. */
  readonly provided?: Asked;
  /** Labels that tell the measure's series apart, and join `confirmedBy` and `provided` to them. @default it has none */
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
  readonly scenarios: Readonly<Record<string, Scenario<Given>>>;
}

export interface Alert<Asked extends Promql | Logql = Promql, Given = Samples> extends AlertForm<Asked, Given> {
  /** Its name, and what tells it from others of that name: no other alert has the same. */
  readonly title: string;
  /** What it fires beyond, and on which side. */
  readonly limit: Limit;
  readonly comparison: ">" | "<";
  /** What is compared with the limit: all of it must be beyond. */
  readonly measures: readonly Asked[];
  readonly expression: Asked;
}

/** An alert, whatever it asks. */
export type AnyAlert = Alert<Promql | Logql, unknown>;

/** The alert with the expression that its fields amount to. */
export function alert(form: AlertForm & ({ readonly above: Limit } | { readonly below: Limit })): Alert {
  const { measure, confirmedBy, provided, on = [] } = form;
  const comparison = form.above ? ">" : "<";
  const limit = (form.above ?? form.below) as Limit;
  const measures = confirmedBy ? [measure, confirmedBy] : [measure];
  const conditions = measures.map((one) => promql`${one} ${comparison} ${limit}`);
  return {
    ...form,
    title: titleOf(form),
    limit,
    comparison,
    measures,
    expression: all([...conditions, ...(provided ? [provided] : [])], on),
  };
}

export function titleOf({ name, labels = {} }: Pick<AnyAlert, "name" | "labels">): string {
  return [name, ...Object.values(labels)].join(" ");
}

/** All of the conditions at once, joined by the labels; its value is the first one's. */
export function all(conditions: readonly Promql[], on: readonly string[] = []): Promql {
  const [only] = conditions;
  if (only && conditions.length === 1) return only;
  return promql`${conditions.map((condition) => promql`(${condition})`).join(` and on (${on.join(", ")}) `)}`;
}
