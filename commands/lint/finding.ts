import type { Fault } from "../../faults";
import type { SourceNode } from "./source";

/** A fault in a file, with its position and the check that found it. */
export interface Finding extends Fault {
  /** Path of the file, as it was given. */
  readonly file: string;
  /** Line and column, from 1. */
  readonly line: number;
  readonly column: number;
  readonly check: CheckId;
}

/** The checks by their ids, which are stable. The texts are sentences without a full stop. */
export const checks = {
  syntax: "The file can be read, as YAML or JSON",
  form: "Rules and dashboards have the form that Prometheus, Loki and Grafana accept",
  "query-syntax": "A query parses, and its functions get operands of the right type and number",
  "gauge-as-counter": "rate() and increase() are not used on a gauge",
  "raw-counter": "The raw value of a counter, which depends on restarts, is neither compared nor shown",
  "never-matches": "The two sides of an operator can match, so that the query has a result",
  "missing-label": "A grouping, a join or a function reads only labels that its operand has",
  "lost-bucket-label": "histogram_quantile() gets the label le",
  "impossible-value": "A matcher selects a value that the label can have",
  "short-range": "A range contains at least four scrapes",
  quantile: "A quantile is from 0 to 1",
  threshold: "A limit is a value that the expression can exceed",
  query: "A query returns what it seems to return",
  variable: "A variable exists where it is used: rules have none, and a panel uses those of its dashboard",
  template: "Templates in labels and annotations are accepted by Prometheus",
  "text-label": "Annotations and legends read only labels that the result has",
  summary: "An alert has a text that people can read",
  duplicate: "Names are used once: rule groups of a file, identical rules, dashboards, panels, variables",
  "no-query": "A panel that shows data has a query",
  unit: "The unit of a panel is the unit of its query",
} as const;

export type CheckId = keyof typeof checks;

/** The finding at a node of a file. */
export function findingAt(file: string, node: SourceNode, check: CheckId, fault: Fault, lineOffset = 0): Finding {
  const { line, column } = node.position;
  return { ...fault, file, check, line: line + lineOffset, column: lineOffset > 0 ? 1 : column };
}

/** The check that a finding of the query checker belongs to, by the beginning of its rule. */
export function checkOfQueryRule(rule: string): CheckId {
  return queryChecks.find(([pattern]) => pattern.test(rule))?.[1] ?? "query";
}

const queryChecks: readonly (readonly [RegExp, CheckId])[] = [
  [/must not be used on a gauge/, "gauge-as-counter"],
  [/raw value of the counter/, "raw-counter"],
  [/can never match|excludes every series/, "never-matches"],
  [/needs the label "le"/, "lost-bucket-label"],
  [/is never "|not a value of/, "impossible-value"],
  [/shorter than \d+ scrapes/, "short-range"],
  [/quantile must be/, "quantile"],
  [/unknown label|lacks|needs the label|groups by|reads "/, "missing-label"],
  [/is never above|is always|limit/, "threshold"],
  [
    /^not (PromQL|LogQL): |needs a|unknown function|has \d|must be a|escape|regular expression|range must|subquery|selects every/,
    "query-syntax",
  ],
];
