import type { AnyAlert } from "../../kit/alerts/alert";
import { addWrittenRecordings } from "../../kit/alerts/files/check-rule-files";
import { deployedGroups } from "../../kit/alerts/files/rule-file";
import { ruleLabels } from "../../kit/alerts/rule-group";
import { type Labels, type Matcher, matches } from "../../kit/notifications/label-matcher";
import { checkLogql } from "../../kit/queries/logql/check-logql";
import { listedValues } from "../../kit/queries/possible-values";
import { checkPromql } from "../../kit/queries/promql/check-promql";
import { matchesWhole } from "../../kit/queries/regular-expression";
import { anySeries, computed, type Label, labelOf, type Series, type Vocabulary } from "../../kit/queries/series";
import { logVocabulary } from "../../logs/vocabulary";
import { namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { namespacesOfTeams } from "../../settings/team-members";
import { contributions } from "../../subjects/listings";
import { ruleFilesOf } from "../../subjects/team-contents";
import type { LoadedGroup } from "../verify/loaded-rules";

/** An alert that an environment can send: a rule of its configuration, or another rule that its servers have loaded. */
export interface KnownAlert {
  readonly name: string;
  /** The name, and the labels that distinguish it from others with the same name. */
  readonly title: string;
  /** Labels that the rule sets. */
  readonly labels: Labels;
  /** The series of its expression. */
  readonly series: readonly Series[];
  /** The subject that contains it. @default it is an alert of a team, or of another chart */
  readonly subject?: string;
}

/** The alerts that an environment configures: those of the product, and those in the files of its teams. */
export function configuredAlerts(environment: Environment): readonly KnownAlert[] {
  const { alerts, logAlerts, catalogue, fileOf } = contributions(environment);
  const known = (alert: AnyAlert): KnownAlert => ({
    name: alert.name,
    title: alert.title,
    labels: ruleLabels(alert, environment.name),
    series: seriesOf(alert.expression.language, alert.expression.text, catalogue.vocabulary).map(withOurNamespaces),
    subject: fileOf(alert).split("/")[1] ?? "",
  });
  return [...[...alerts, ...logAlerts].map(known), ...alertsOfTeams(environment, catalogue.vocabulary)];
}

/** The alerts in the files of teams, also before Prometheus has loaded them. */
function alertsOfTeams(environment: Environment, vocabulary: Vocabulary): readonly KnownAlert[] {
  const files = ruleFilesOf(environment);
  const known = addWrittenRecordings(vocabulary, files);
  const namespaces = namespacesOfTeams(environment);
  const alerts = files.flatMap((file) => deployedGroups(file, environment.name).flatMap(({ rules }) => rules));
  return alerts.flatMap((rule) =>
    "alert" in rule
      ? {
          name: rule.alert,
          title: rule.alert,
          labels: rule.labels,
          series: seriesOf("promql", rule.expr, known).map((one) => withTargetLabels(one, namespaces)),
        }
      : [],
  );
}

/**
 * A metric of a team may have any label. A silence names those that Prometheus adds to each target, or that the rule names:
 * a misspelt label or value would otherwise match every such alert.
 */
function withTargetLabels(series: Series, namespaces: readonly string[]): Series {
  if (!series.open) return series;
  const unknown = { ...computed, optional: true };
  const ofTarget = ["pod", "container", "instance", "job"].map((label) => [label, unknown] as const);
  const labels = new Map([["namespace", { ...unknown, named: namespaces }], ...ofTarget, ...series.labels]);
  return { ...series, labels, open: false };
}

/** The alerts that Prometheus or Loki has loaded and that the configuration does not contain: those of other charts. */
export function loadedAlerts(
  groups: readonly LoadedGroup[],
  language: "promql" | "logql",
  configured: readonly KnownAlert[],
): readonly KnownAlert[] {
  const names = new Set(configured.map(({ name }) => name));
  return groups
    .flatMap(({ rules }) => rules)
    .filter(({ type, name }) => type === "alerting" && !names.has(name))
    .map(({ name, query, labels = {} }) => ({
      name,
      title: name,
      labels,
      series: seriesOf(language, query, new Map()),
    }));
}

/** Expressions that cover other namespaces than ours select them by their names. */
function withOurNamespaces(series: Series): Series {
  if (!series.labels.has("namespace") || series.labels.get("namespace")?.values) return series;
  return { ...series, labels: new Map(series.labels).set("namespace", { values: Object.values(namespaces) }) };
}

function seriesOf(language: "promql" | "logql", text: string, vocabulary: Vocabulary): readonly Series[] {
  const checked =
    language === "promql" ? checkPromql(text, vocabulary, { unknownMetrics: "open" }) : checkLogql(text, logVocabulary);
  return checked.series ?? [anySeries];
}

/** How many of an alert's notifications a silence holds back. */
export type Extent = "all" | "some" | "none";

/** How many of an alert's notifications have labels that all matchers match. */
export function matchedExtent(alert: KnownAlert, matchers: readonly Matcher[]): Extent {
  const branches = alert.series.map((series) => leastExtent(matchers.map((one) => extentIn(alert, series, one))));
  if (branches.every((extent) => extent === "none")) return "none";
  return branches.every((extent) => extent === "all") ? "all" : "some";
}

function leastExtent(extents: readonly Extent[]): Extent {
  if (extents.includes("none")) return "none";
  return extents.includes("some") ? "some" : "all";
}

function extentIn(alert: KnownAlert, series: Series, matcher: Matcher): Extent {
  const isMatched = matches(matcher);
  const fixed = matcher.label === "alertname" ? alert.name : alert.labels[matcher.label];
  // A template in a label of a rule has another value for each series.
  if (fixed !== undefined && !fixed.includes("{{")) return isMatched({ [matcher.label]: fixed }) ? "all" : "none";
  const label = fixed === undefined ? labelOf(series, matcher.label) : undefined;
  if (fixed === undefined && label === undefined) return isMatched({}) ? "all" : "none";
  const values = label === undefined || label.open !== undefined ? undefined : possibleValues(label);
  if (values === undefined) return isPossible(label, matcher) ? "some" : "none";
  const matched = values.filter((value) => isMatched({ [matcher.label]: value }));
  if (matched.length === 0) return "none";
  return matched.length === values.length ? "all" : "some";
}

function possibleValues(label: Label): readonly string[] | undefined {
  const values = listedValues(label);
  return values && label.optional ? [...values, ""] : values;
}

/** Whether a label whose values cannot be listed may have the value, as far as the catalogue knows. */
function isPossible(label: Label | undefined, { operator, value }: Matcher): boolean {
  if (operator !== "=" || label === undefined) return true;
  if (label.named !== undefined) return label.named.includes(value);
  return label.pattern === undefined || matchesWhole(label.pattern)(value);
}

/** Names of the labels that the notifications of the alerts can have. */
export function labelsOf(alerts: readonly KnownAlert[]): readonly string[] {
  const names = alerts.flatMap(({ labels, series }) => [
    ...Object.keys(labels),
    ...series.flatMap((one) => [...one.labels.keys()]),
  ]);
  return [...new Set(["alertname", ...names])].sort();
}

/** Values of a label that the notifications of the alerts can have, as far as they are known. */
export function valuesOf(alerts: readonly KnownAlert[], label: string): readonly string[] {
  const values = alerts.flatMap(({ name, labels, series }) => {
    if (label === "alertname") return name;
    const fixed = labels[label];
    if (fixed !== undefined) return fixed;
    return series.flatMap((one) => one.labels.get(label)?.values ?? one.labels.get(label)?.named ?? []);
  });
  return [...new Set(values)].filter((value) => !value.includes("{{")).sort();
}
