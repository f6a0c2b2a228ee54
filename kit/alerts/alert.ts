import { type Logql, type Promql, promql } from "../queries/query";
import { type Limit, withValue } from "./limit";
import type { Samples } from "./stories/samples";
import type { Scenario } from "./stories/scenario";

export const severities = ["critical", "warning", "info", "heartbeat"] as const;
export type Severity = (typeof severities)[number];

/** An alert as its author fills it in. `log-alert.ts` has alerts that query logs. */
export interface AlertForm<Asked extends Promql | Logql = Promql, Given = Samples> {
  /** Name in PascalCase. It also names the alert's file and its runbook. */
  readonly name: string;
  /** Labels that distinguish this alert from others with the same name. @default no other alert has this name */
  readonly labels?: Readonly<Record<string, string>>;
  /** Rule group that evaluates it. */
  readonly group: string;
  /**
   * `critical` pages, `warning` notifies the chat, and `info` only inhibits other alerts. `heartbeat` fires while everything
   * works; an external service pages when it no longer receives it.
   */
  readonly severity: Severity;
  /** Service that the alert is about, as a label of its notifications. */
  readonly service: string;
  /** Team that is notified. */
  readonly team: string;
  /** Cause that this alert reports. While it fires, alerts `causedBy` it that are not more severe are inhibited. @default none */
  readonly cause?: string;
  /**
   * Causes that inhibit this alert, because their own alert explains it. `"{{ $labels.dependency }}"` takes the cause from
   * that label. List only causes that explain the alert by themselves; others would hide a second fault. @default none
   */
  readonly causedBy?: readonly string[];
  /** Expression that is compared with the limit. A panel shows the same expression. */
  readonly measure: Asked;
  /** The alert fires while the measure is above this limit. @default `below` is set instead */
  readonly above?: Limit;
  /** The alert fires while the measure is below this limit. @default `above` is set instead */
  readonly below?: Limit;
  /** Second measure, usually over a shorter window: the alert fires only while it is beyond the limit too. @default none */
  readonly confirmedBy?: Asked;
  /**
   * The condition on the traffic that must hold too, for measures that mean nothing without traffic. A function if the
   * condition contains the limit.
   * @default the alert needs no traffic
   */
  readonly provided?: Asked | ((limit: Limit) => Asked);
  /**
   * Why a share of few events is also meaningful: completes "it needs no `provided`, because …".
   * @default a ratio of events has `provided`, or a scenario with low traffic
   */
  readonly littleTraffic?: string;
  /** Labels of the measure: they identify each series, and join `confirmedBy` and `provided` to it. @default one series */
  readonly on?: readonly string[];
  /** Time for which the condition must hold before the alert fires. @default it fires at once */
  readonly for?: string;
  /** Time for which the alert keeps firing after the condition has ended, against flapping. @default it resolves at once */
  readonly keepFiringFor?: string;
  /** One constant sentence. Notifications are grouped by it. */
  readonly summary: string;
  /** Description of the problem with the current value: a Prometheus template. A function if it states the limit or `for`. */
  readonly description: string | ((values: Deciding) => string);
  /** The scenarios that prove the alert, each with a short description as its key. */
  readonly scenarios: Readonly<Record<string, Scenario<Given>>>;
}

/** Values of an alert on which its condition, its texts and its scenarios depend. */
export interface Deciding {
  /** Limit that the measure is compared with. */
  readonly limit: Limit;
  /** Time for which the condition must hold. @default the alert fires at once */
  readonly for?: string;
}

/** Values of an alert that may differ between environments. */
export interface AlertChange {
  /** Number that the measure is compared with, in the unit of the limit. @default the number stays */
  readonly limit?: number;
  /** Time for which the condition must hold. @default the time stays */
  readonly for?: string;
  /** Who is notified, and how urgently. @default the severity stays */
  readonly severity?: Severity;
  /** Team that is notified. @default the team stays */
  readonly team?: string;
}

export interface Alert<Asked extends Promql | Logql = Promql, Given = Samples>
  extends Omit<AlertForm<Asked, Given>, "provided" | "description"> {
  /** The condition on the traffic. @default the alert needs no traffic */
  readonly provided?: Asked;
  readonly description: string;
  /** The name followed by the values of the `labels`; unique. */
  readonly title: string;
  /** Limit that the measures are compared with. */
  readonly limit: Limit;
  readonly comparison: ">" | "<";
  /** The measure and its confirmation, if any: all must be beyond the limit. */
  readonly measures: readonly Asked[];
  /** Expression of the alerting rule. */
  readonly expression: Asked;
  /** The alert with other values, and everything that follows from them: expression, texts and scenarios. */
  readonly change: (values: AlertChange) => Alert<Asked, Given>;
}

/** An alert on metrics or on logs. */
export type AnyAlert = Alert<Promql | Logql, unknown>;

/** Builds an alert on metrics, with the expression that follows from its fields. */
export function alert(form: AlertForm & Limited): Alert {
  const completed = completeForm(form);
  const { measure, confirmedBy, provided, limit, comparison, on = [] } = completed;
  const measures = confirmedBy ? [measure, confirmedBy] : [measure];
  const conditions = measures.map((one) => promql`${one} ${comparison} ${limit}`);
  return {
    ...completed,
    measures,
    expression: conjunction([...conditions, ...(provided ? [provided] : [])], on),
    change: (values) => alert(changeForm(form, values)),
  };
}

/** The limit of a form, on one of its two sides. */
export type Limited = { readonly above: Limit } | { readonly below: Limit };

/** The form with the fields that follow from its limit and its `for`. */
export function completeForm<Asked extends Promql | Logql, Given>(form: AlertForm<Asked, Given>) {
  const limit = (form.above ?? form.below) as Limit;
  const { provided, description, ...others } = form;
  return {
    ...others,
    title: titleOf(form),
    limit,
    comparison: form.above ? (">" as const) : ("<" as const),
    ...(provided && { provided: typeof provided === "function" ? provided(limit) : provided }),
    description: typeof description === "function" ? description({ ...form, limit }) : description,
  };
}

/** The form with other values. */
export function changeForm<Form extends Pick<AlertForm, "above" | "below">>(
  form: Form,
  { limit, ...values }: AlertChange,
): Form {
  if (limit === undefined) return { ...form, ...values };
  const side = form.above ? "above" : "below";
  return { ...form, ...values, [side]: withValue(form[side] as Limit, limit) };
}

/** The place of a fault of an alert. */
export type PlaceOf = (alert: AnyAlert) => string;

/** The place of an alert whose file is not known. */
export function alertPlace({ title }: AnyAlert): string {
  return `alert ${title}`;
}

export function titleOf({ name, labels = {} }: Pick<AnyAlert, "name" | "labels">): string {
  return [name, ...Object.values(labels)].join(" ");
}

/** Conjunction of the conditions, joined on the labels, with the value of the first one. */
export function conjunction(conditions: readonly Promql[], on: readonly string[] = []): Promql {
  const [only] = conditions;
  if (only && conditions.length === 1) return only;
  return promql`${conditions.map((condition) => promql`(${condition})`).join(` and on (${on.join(", ")}) `)}`;
}
