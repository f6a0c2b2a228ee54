import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { logqlMutations } from "../queries/logql/mutations";
import { listedValues } from "../queries/possible-values";
import type { Expression } from "../queries/promql/expression";
import { expressionsWithin } from "../queries/promql/expressions-within";
import { type Mutation, type MutationKind, misspell, mutations } from "../queries/promql/mutations";
import { parsePromql } from "../queries/promql/parse-promql";
import type { Vocabulary } from "../queries/series";
import { labelsInBraces, labelsOfField } from "./label-names";
import { type Target, targetsOf } from "./targets";

/** Kinds of mistakes in a panel: in its queries, and in how their results are shown. */
export type MistakeKind =
  | MutationKind
  | "unused grouping label dropped"
  | "label value exchanged"
  | "legend misspelt"
  | "link misspelt"
  | "unit exchanged";

/** One mistake in a panel. */
export interface Mistake {
  readonly kind: MistakeKind;
  /** The mistake in a few words: `{status="failed"} dropped`. */
  readonly mistake: string;
  /** Number of the query. @default the mistake is in the panel */
  readonly query?: number;
  readonly change: (panel: Panel) => Panel;
}

/** Every single mistake in a panel, in every place. */
export function panelMistakes(panel: Panel, vocabulary: Vocabulary, units: readonly string[]): readonly Mistake[] {
  return [
    ...targetsOf(panel).flatMap((target, query) => [
      ...queryMistakes(panel, target, query, vocabulary),
      ...legendMistakes(target, query),
    ]),
    ...linkMistakes(panel),
    ...unitMistakes(panel, units),
  ];
}

function changeTarget(query: number, change: Partial<Target>): (panel: Panel) => Panel {
  return ({ targets = [], ...panel }) => ({
    ...panel,
    targets: targets.map((target, index) => (index === query ? { ...target, ...change } : target)),
  });
}

function queryMistakes(
  panel: Panel,
  { expr = "", legendFormat = "", datasource }: Target,
  query: number,
  vocabulary: Vocabulary,
): Mistake[] {
  const used = labelsUsed(panel, { expr, legendFormat });
  const found =
    datasource?.type === "loki"
      ? logqlMutations(expr)
      : [...mutations(expr), ...fixedRanges(expr), ...exchangedValues(expr, vocabulary)];
  return found
    .filter(({ kind }) => kind !== "grouping label added")
    .map(({ kind, mistake, text, label }) => ({
      kind: kind === "grouping label dropped" && !used.has(label ?? "") ? "unused grouping label dropped" : kind,
      mistake,
      query,
      change: changeTarget(query, { expr: text }),
    }));
}

/** Labels of a query that its panel shows, or that its joins and quantiles need. */
function labelsUsed({ transformations, fieldConfig }: Panel, { expr = "", legendFormat = "" }: Target) {
  const shown = [...JSON.stringify([transformations, fieldConfig]).matchAll(/\w+/g)].map(([word]) => word);
  return new Set(["le", ...labelsInBraces(legendFormat), ...shown, ...expressionsIn(expr).flatMap(joinLabels)]);
}

function joinLabels(expression: Expression): string[] {
  if (expression.kind !== "binary" || !expression.matching?.on) return [];
  return expression.matching.names.labels.map(({ name }) => name);
}

/** A window of fixed length instead of the one that follows the zoom. */
function fixedRanges(expr: string): Omit<Mutation, "node">[] {
  return expressionsIn(expr).flatMap((expression) => {
    if (expression.kind !== "range" || typeof expression.length !== "string") return [];
    const [from, length] = [expr.indexOf(expression.length, expression.of.to), expression.length];
    return [
      {
        kind: "range changed" as const,
        mistake: `[${length}] is 20m`,
        text: `${expr.slice(0, from)}20m${expr.slice(from + length.length)}`,
      },
    ];
  });
}

/** Another possible value of the label, which contradicts no definition. */
function exchangedValues(expr: string, vocabulary: Vocabulary) {
  return expressionsIn(expr).flatMap((expression) => {
    if (expression.kind !== "selector") return [];
    const series = vocabulary.get(expression.name ?? "") ?? [];
    return expression.matchers.flatMap(({ label, operator, value, from, to }) => {
      const known = series.flatMap(({ labels }) => listedValues(labels.get(label) ?? {}) ?? []);
      const other = known.find((one) => one !== value);
      if (operator !== "=" || other === undefined) return [];
      const written = `${label}="${other}"`;
      return [
        {
          kind: "label value exchanged" as const,
          mistake: `{${expr.slice(from, to)}} is {${written}}`,
          text: expr.slice(0, from) + written + expr.slice(to),
          label,
        },
      ];
    });
  });
}

function expressionsIn(expr: string): readonly Expression[] {
  const root = parsePromql(expr, () => undefined);
  return root ? expressionsWithin(root) : [];
}

function legendMistakes({ legendFormat = "" }: Target, query: number): Mistake[] {
  return labelsInBraces(legendFormat).map((label) => ({
    kind: "legend misspelt",
    mistake: `{{${label}}} is {{${misspell(label)}}}`,
    query,
    change: changeTarget(query, { legendFormat: legendFormat.replace(`{{${label}}}`, `{{${misspell(label)}}}`) }),
  }));
}

/** A misspelt label in a link of a series. */
function linkMistakes({ fieldConfig }: Panel): Mistake[] {
  const text = JSON.stringify(fieldConfig ?? {});
  return labelsOfField(text).map((label) => ({
    kind: "link misspelt",
    mistake: `the link reads ${misspell(label)} instead of ${label}`,
    change: (panel) => ({
      ...panel,
      fieldConfig: JSON.parse(text.replace(`labels.${label}`, `labels.${misspell(label)}`)),
    }),
  }));
}

/** The unit of a panel's values. Log lines have none, even if their panel has a unit. */
export function unitOf({ type, fieldConfig }: Panel): string[] {
  return fieldConfig?.defaults.unit && type !== "logs" ? [fieldConfig.defaults.unit] : [];
}

/** The unit of another panel instead of the right one. */
function unitMistakes(panel: Panel, units: readonly string[]): Mistake[] {
  return unitOf(panel).flatMap((unit) => {
    const other = units[(units.indexOf(unit) + 1) % units.length];
    if (other === undefined || other === unit) return [];
    const { fieldConfig } = panel;
    return [
      {
        kind: "unit exchanged" as const,
        mistake: `${unit} is ${other}`,
        change: (panel: Panel) => ({
          ...panel,
          ...(fieldConfig && { fieldConfig: { ...fieldConfig, defaults: { ...fieldConfig.defaults, unit: other } } }),
        }),
      },
    ];
  });
}
