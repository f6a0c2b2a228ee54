import type { AnyAlert, Severity } from "../../kit/alerts/alert";
import { labelOf } from "../../kit/alerts/causes";
import { inhibitorsOf } from "../../kit/alerts/inhibitors";
import { limitText, sideOf } from "../../kit/alerts/limit";
import { alertPanels } from "../../kit/dashboards/alert-panels";
import type { Model } from "../../kit/dashboards/dashboard";
import { panelsOf } from "../../kit/dashboards/model";
import { durationInWords } from "../../kit/queries/duration";
import type { Vocabulary } from "../../kit/queries/series";

/** The alerts and dashboards of one environment. */
export interface FactsSource {
  readonly alerts: readonly AnyAlert[];
  readonly dashboards: readonly Model[];
  /** The metrics that the expressions read. */
  readonly vocabulary: Vocabulary;
}

/**
 * The facts of each alert as Markdown, by its name: a table of its limits, and a list of what is connected with it.
 *
 * @param source an environment that has every alert
 * @param others the same alerts with the expressions of other environments
 */
export function alertFacts(source: FactsSource, others: readonly AnyAlert[] = []): ReadonlyMap<string, string> {
  const panels = alertPanels(source.alerts, source.dashboards);
  const variants = [...source.alerts, ...others];
  const names = [...new Set(source.alerts.map(({ name }) => name))];
  return new Map(
    names.map((name) => {
      const forms = source.alerts.filter((alert) => alert.name === name);
      const facts = [
        ...panelSentences(forms, panels, source.dashboards),
        ...inhibitorSentences(forms, source),
        ...conditionSentence(variants.filter((alert) => alert.name === name)),
        ...keepFiringSentence(forms),
        "The values above are the defaults. [Alerts of each environment](../../rendered/alerts.md) shows the deployed values.",
      ];
      return [name, [...table(forms), "", ...facts.map((fact) => `- ${fact}`)].join("\n")];
    }),
  );
}

function table(forms: readonly AnyAlert[]): string[] {
  const [form] = forms as [AnyAlert];
  const distinguishing = Object.keys(form.labels ?? {});
  const { on = [] } = form;
  const head = [
    ...distinguishing.map((label) => `\`${label}\``),
    ...(on.length > 0 ? ["One alert for each"] : []),
    "Fires when the measure is",
    "For",
    "Severity",
    "Service",
    "Team",
  ];
  const rows = forms.map((alert) => [
    ...distinguishing.map((label) => `\`${alert.labels?.[label]}\``),
    ...(on.length > 0 ? [codeList(on)] : []),
    firesWhen(alert),
    alert.for === undefined ? "at once" : durationInWords(alert.for),
    severityTexts[alert.severity],
    `\`${alert.service}\``,
    `\`${alert.team}\``,
  ]);
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

function firesWhen(alert: AnyAlert): string {
  const { limit, confirmedBy } = alert;
  const value = limit.setting === undefined ? limitText(limit) : `\`${limit.setting}\``;
  return `${sideOf(alert)} ${value}${confirmedBy ? ", in both windows" : ""}`;
}

const severityTexts: Readonly<Record<Severity, string>> = {
  critical: "critical: sends a page",
  warning: "warning: notifies the chat",
  info: "info: notifies nobody",
  heartbeat: "heartbeat: an external service sends a page when it stops",
};

/** The panels that show the alert, in a sentence for each dashboard. */
function panelSentences(
  forms: readonly AnyAlert[],
  panels: ReturnType<typeof alertPanels>,
  dashboards: readonly Model[],
): string[] {
  const shown = forms.flatMap(({ expression }) => panels.get(expression.text) ?? []);
  return dashboards.flatMap((dashboard) => {
    const ids = shown.filter(({ uid }) => uid === dashboard.uid).map(({ panel }) => panel);
    const titles = panelsOf(dashboard).flatMap(({ id, title }) => (ids.includes(id ?? -1) ? `"${title}"` : []));
    if (titles.length === 0) return [];
    return `See the ${titles.length > 1 ? "panels" : "panel"} ${listText(titles, "and")} of the dashboard *${dashboard.title}*.`;
  });
}

/** The alerts whose firing silences the alert. Forms of one name may differ in them. */
function inhibitorSentences(forms: readonly AnyAlert[], { alerts, vocabulary }: FactsSource): string[] {
  const sentences = forms.map((form) => {
    const names = [...new Set(inhibitorsOf(form, alerts, vocabulary).map(({ name }) => name))];
    if (names.length === 0) return undefined;
    const { causedBy = [] } = form;
    const labels = causedBy.flatMap((cause) => labelOf(cause) ?? []);
    const which = labels.length === causedBy.length ? ` for the same ${codeList(labels)}` : "";
    const links = names.map((name) => (name === form.name ? "a more severe alert of this name" : link(name)));
    return `no notification is sent while ${listText(links, "or")} fires${which}`;
  });
  return [...new Set(sentences)].flatMap((sentence) => {
    if (sentence === undefined) return [];
    const those = forms.filter((_, index) => sentences[index] === sentence);
    return those.length === forms.length
      ? `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`
      : `${codeList(those.flatMap(({ labels = {} }) => Object.values(labels)))}: ${sentence}.`;
  });
}

/** A condition that is longer than this is not read at a glance. */
const longest = 100;

/** The condition `provided`, unless it is too long or depends on the environment. */
function conditionSentence(variants: readonly AnyAlert[]): string[] {
  const conditions = new Set(variants.flatMap(({ provided }) => provided?.text ?? []));
  const [condition] = conditions;
  if (condition === undefined) return [];
  return conditions.size === 1 && condition.length <= longest
    ? [`The alert also requires ${code(condition)}.`]
    : ["The alert also requires a second condition. The description of the panel contains it."];
}

function keepFiringSentence(forms: readonly AnyAlert[]): string[] {
  const durations = new Set(forms.flatMap(({ keepFiringFor }) => keepFiringFor ?? []));
  return [...durations].map((duration) => `Resolves ${durationInWords(duration)} after the condition has ended.`);
}

function link(name: string): string {
  return `[${name}](${name}.md)`;
}

function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function codeList(names: readonly string[]): string {
  return names.map(code).join(", ");
}

/** `a`, `a or b`, `a, b or c` */
function listText(items: readonly string[], conjunction: "and" | "or"): string {
  const last = items.at(-1) ?? "";
  return items.length > 1 ? `${items.slice(0, -1).join(", ")} ${conjunction} ${last}` : last;
}
