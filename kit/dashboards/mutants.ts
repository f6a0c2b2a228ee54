import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { listedValues } from "../queries/possible-values";
import type { Expression } from "../queries/promql/expression";
import { expressionsWithin } from "../queries/promql/expressions-within";
import { type Mutation, type MutationKind, misspell, mutations } from "../queries/promql/mutations";
import { parsePromql } from "../queries/promql/parse-promql";
import type { Vocabulary } from "../queries/series";
import { alertPanels } from "./alert-panels";
import { type DashboardContext, vocabularyWithAlerts } from "./build-dashboards";
import { checkDashboards } from "./check-dashboards";
import type { Model } from "./dashboard";
import { labelsInBraces, labelsOfField } from "./label-names";
import { panelPlace, panelsOf, type Target, targetsOf } from "./model";

/** The ways in which a dashboard is broken: those of its queries, and those of what is shown of their results. */
export type DashboardMutantKind =
  | MutationKind
  | "unused grouping label dropped"
  | "label value exchanged"
  | "legend misspelt"
  | "link misspelt"
  | "unit exchanged";

/** A dashboard with one deliberate mistake. */
export interface DashboardMutant {
  readonly kind: DashboardMutantKind;
  /** `dashboard "Redis": panel "Memory": query A` */
  readonly place: string;
  /** The mistake in a few words: `{status="failed"} dropped`. */
  readonly mistake: string;
  /**
   * Whether the checks can be expected to find the mistake. What only the world contradicts, such as `max` in place of
   * `sum`, they can find where the panel shows the measure of an alert, which the alert's stories prove.
   */
  readonly expected: boolean;
  /** Number of the dashboard in the list that was given. */
  readonly dashboard: number;
  /** The dashboard with the mistake. */
  readonly model: () => Model;
}

/** Mistakes that no check can find in a panel that shows no alert. */
const unprovable: readonly DashboardMutantKind[] = [
  "aggregation exchanged",
  "matcher dropped",
  "matcher negated",
  "label value exchanged",
  "denominator dropped",
  "number of a condition changed",
  "unused grouping label dropped",
  "`on` label dropped",
];

/** Every mistake that somebody may make in one place of the dashboards. */
export function dashboardMutants(models: readonly Model[], context: DashboardContext): readonly DashboardMutant[] {
  const units = [...new Set(models.flatMap(panelsOf).flatMap(unitOf))].sort();
  return models.flatMap((model, dashboard) =>
    panelsOf(model).flatMap((panel, index) => {
      const place = panelPlace(model, panel);
      const mistakes = [
        ...targetsOf(panel).flatMap((target, query) => [
          ...queryMistakes(panel, target, query, context.vocabulary),
          ...legendMistakes(target, query),
        ]),
        ...linkMistakes(panel),
        ...unitMistakes(panel, units),
      ];
      return mistakes.map(({ query, kind, mistake, change }) => {
        const asked = query === undefined ? undefined : targetsOf(panel)[query];
        return {
          kind,
          place: asked ? `${place}: query ${asked.refId}` : place,
          mistake,
          expected: !unprovable.includes(kind) || (asked !== undefined && showsAlert(panel, asked, context)),
          dashboard,
          model: () => changed(model, index, change),
        };
      });
    }),
  );
}

/** Whether the panel draws the measure of an alert with the alert's limit. */
function showsAlert({ type, fieldConfig }: Panel, { expr }: Target, { alerts }: DashboardContext): boolean {
  const limits = fieldConfig?.defaults.thresholds?.steps.map(({ value }) => value) ?? [];
  return alerts.some(
    ({ measures, limit }) =>
      type === "timeseries" && limits.includes(limit.value) && measures.some(({ text }) => text === expr),
  );
}

/**
 * The mutants in which the checks of dashboards find nothing.
 *
 * @param models the dashboards that the mutants were made of, which have no fault
 */
export function undetectedMutants(
  mutants: readonly DashboardMutant[],
  models: readonly Model[],
  context: DashboardContext,
): readonly DashboardMutant[] {
  const vocabulary = vocabularyWithAlerts(context);
  return mutants.filter(({ dashboard, model }) => {
    const mutant = model();
    const shown = alertPanels(context.alerts, models.with(dashboard, mutant));
    return checkDashboards([mutant], { ...context, vocabulary, shown }).length === 0;
  });
}

interface Mistake extends Pick<DashboardMutant, "kind" | "mistake"> {
  /** Number of the query. @default the mistake is in the panel */
  readonly query?: number;
  readonly change: (panel: Panel) => Panel;
}

function changed(model: Model, index: number, change: (panel: Panel) => Panel): Model {
  const wanted = panelsOf(model)[index];
  const replace = <Given>(panel: Given): Given => (panel === wanted ? (change(wanted as Panel) as Given) : panel);
  const panels = (model.panels ?? []).map((panel) =>
    "panels" in panel ? { ...panel, panels: panel.panels.map(replace) } : replace(panel),
  );
  return { ...model, panels };
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
  if (datasource?.type !== "prometheus") return [];
  const used = labelsUsed(panel, { expr, legendFormat });
  const found = [...mutations(expr), ...fixedRanges(expr), ...exchangedValues(expr, vocabulary)];
  return found
    .filter(({ kind }) => kind !== "grouping label added")
    .map(({ kind, mistake, text, label }) => ({
      kind: kind === "grouping label dropped" && !used.has(label ?? "") ? "unused grouping label dropped" : kind,
      mistake,
      query,
      change: changeTarget(query, { expr: text }),
    }));
}

/** Labels of a query that its panel shows, and labels that its joins and its quantiles need. */
function labelsUsed({ transformations, fieldConfig }: Panel, { expr = "", legendFormat = "" }: Target) {
  const shown = [...JSON.stringify([transformations, fieldConfig]).matchAll(/\w+/g)].map(([word]) => word);
  return new Set(["le", ...labelsInBraces(legendFormat), ...shown, ...expressionsIn(expr).flatMap(joinLabels)]);
}

function joinLabels(expression: Expression): string[] {
  if (expression.kind !== "binary" || !expression.matching?.on) return [];
  return expression.matching.names.labels.map(({ name }) => name);
}

/** A window of fixed length in place of the one that follows the zoom. */
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

/** Another value that the label can have: nothing but the world contradicts it. */
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

/** The labels that links of a series read. */
function linkMistakes({ fieldConfig }: Panel): Mistake[] {
  const text = JSON.stringify(fieldConfig ?? {});
  return labelsOfField(text).map((label) => ({
    kind: "link misspelt",
    mistake: `the link reads ${misspell(label)} in place of ${label}`,
    change: (panel) => ({
      ...panel,
      fieldConfig: JSON.parse(text.replace(`labels.${label}`, `labels.${misspell(label)}`)),
    }),
  }));
}

function unitOf({ fieldConfig }: Panel): string[] {
  return fieldConfig?.defaults.unit ? [fieldConfig.defaults.unit] : [];
}

/** The unit of another panel. */
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
