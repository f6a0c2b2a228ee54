import type { AnyAlert } from "./kit/alerts/alert";
import type { OverrideSummary } from "./kit/alerts/override-summary";
import { ruleLabels } from "./kit/alerts/rule-group";
import type { Scenario } from "./kit/alerts/stories/scenario";
import { type StoryTime, storySeconds } from "./kit/alerts/stories/story-time";
import type { SwitchedOff } from "./kit/alerts/switched-off";
import type { FiledDashboard } from "./kit/dashboards/build-dashboards";
import { panelsOf } from "./kit/dashboards/model";
import { targetsOf } from "./kit/dashboards/targets";
import type { InhibitRule, Receiver, Route, TimeInterval } from "./kit/notifications/alertmanager-configuration";
import { durationText, inSeconds } from "./kit/queries/duration";
import { allDashboards, type Signals } from "./signals";
import type { Keep } from "./subjects/cluster-jobs";
import type { TeamContent } from "./subjects/team-contents";

/** Name of the file that the synth writes beside the stacks. */
export const signalsFile = "signals.json";

/** Version of the format, which rises with every incompatible change; see docs/signals-json.md. */
export const signalsVersion = 1;

/** Metrics, dashboards and alerts of all environments, as in `signals.json`: docs/signals-json.md. */
export interface SignalsJson {
  readonly version: typeof signalsVersion;
  readonly environments: Readonly<Record<string, EnvironmentSignals>>;
}

export interface EnvironmentSignals {
  readonly alerts: readonly AlertJson[];
  /** Titles of the alerts of the product that the environment does not have, each with the reason. */
  readonly switchedOff: readonly SwitchedOff[];
  /** Alerts that the environment changes or switches off by `alerts`. @default it changes none */
  readonly overrides?: readonly OverrideSummary[];
  /** Alerts of the files of teams. @default the environment has none */
  readonly teamAlerts?: readonly TeamAlertJson[];
  readonly notifications: NotificationsJson;
  readonly dashboards: readonly DashboardJson[];
  /** Metrics that are kept of each scrape job. */
  readonly keep: Readonly<Record<string, Keep>>;
  readonly secrets: readonly SecretJson[];
}

export interface AlertJson {
  readonly title: string;
  readonly name: string;
  readonly group: string;
  readonly severity: string;
  readonly language: "promql" | "logql";
  readonly expression: string;
  readonly comparison: ">" | "<";
  readonly limit: { readonly value: number; readonly unit: string };
  readonly for: string;
  readonly keepFiringFor: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
  readonly scenarios: readonly ScenarioJson[];
}

/** An alert of a file of a team, with the labels that synth adds. */
export interface TeamAlertJson {
  readonly name: string;
  readonly team: string;
  /** Path of the file. */
  readonly file: string;
  readonly expression: string;
  readonly for: string;
  readonly keepFiringFor: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A scenario without its series. A field that the scenario does not have is left out. */
export type ScenarioJson = { readonly title: string } & Pick<Scenario, "outcome" | "shows" | "onset"> &
  Partial<Record<"after" | "by" | "because", string>> & {
    /** The times between which the alert resolves. @default the scenario does not check when the alert resolves */
    readonly resolves?: { readonly after: string; readonly by: string };
  };

export interface NotificationsJson {
  readonly route: Route;
  /** Kinds of integrations, such as `slack`, by the name of the receiver. */
  readonly receivers: Readonly<Record<string, readonly string[]>>;
  readonly inhibitions: readonly InhibitRule[];
  readonly timeIntervals: readonly TimeInterval[];
}

export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly folder: string;
  readonly panels: readonly { readonly title: string; readonly type: string; readonly queries: readonly string[] }[];
}

/** An existing Secret that an environment refers to. Its values exist only in the cluster. */
export interface SecretJson {
  readonly namespace: string;
  readonly name: string;
  readonly keys: readonly string[];
}

/** The text of `signals.json`. Equal signals result in equal text. */
export function signalsJson(signals: Readonly<Record<string, Signals>>): string {
  const names = Object.keys(signals).sort();
  const environments = names.map((name) => [name, environmentSignals(name, signals[name] as Signals)] as const);
  const content: SignalsJson = { version: signalsVersion, environments: Object.fromEntries(environments) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function environmentSignals(environment: string, signals: Signals): EnvironmentSignals {
  const { alerts, switchedOff, overrides, alertmanagerConfig, teams, keep, secrets } = signals;
  const teamAlerts = teams.flatMap(teamAlertsJson);
  return {
    alerts: sortBy(alerts, ({ title }) => title).map((alert) => alertJson(alert, environment)),
    switchedOff: sortBy(switchedOff, ({ title }) => title),
    ...(overrides.length > 0 && { overrides: sortBy(overrides, ({ title }) => title) }),
    ...(teamAlerts.length > 0 && { teamAlerts: sortBy(teamAlerts, ({ name }) => name) }),
    notifications: {
      route: alertmanagerConfig.route,
      receivers: Object.fromEntries(
        sortBy(alertmanagerConfig.receivers, ({ name }) => name).map((one) => [one.name, integrations(one)]),
      ),
      inhibitions: alertmanagerConfig.inhibit_rules,
      timeIntervals: alertmanagerConfig.time_intervals,
    },
    dashboards: sortBy(allDashboards(signals), ({ model }) => model.uid).map(dashboardJson),
    keep: Object.fromEntries(sortBy(Object.entries(keep), ([job]) => job)),
    secrets: sortBy(secrets, ({ namespace, name }) => `${namespace}/${name}`).map(({ namespace, name, keys }) => ({
      namespace,
      name,
      keys: [...keys].sort(),
    })),
  };
}

function teamAlertsJson({ team, rules }: TeamContent): TeamAlertJson[] {
  return rules.flatMap(({ path, groups }) =>
    groups
      .flatMap((group) => group.rules)
      .filter((rule) => "alert" in rule)
      .map(({ alert, expr, for: lasting = "0s", keep_firing_for = "0s", labels, annotations }) => ({
        name: alert,
        team,
        file: path,
        expression: expr,
        for: lasting,
        keepFiringFor: keep_firing_for,
        labels,
        annotations,
      })),
  );
}

function alertJson(alert: AnyAlert, environment: string): AlertJson {
  const { expression, limit } = alert;
  return {
    title: alert.title,
    name: alert.name,
    group: alert.group,
    severity: alert.severity,
    language: expression.language,
    expression: expression.text,
    comparison: alert.comparison,
    limit: { value: limit.value, unit: limit.unit },
    for: alert.for ?? "0s",
    keepFiringFor: alert.keepFiringFor ?? "0s",
    labels: ruleLabels(alert, environment),
    summary: alert.summary,
    description: alert.description,
    scenarios: Object.entries(alert.scenarios).map(([title, scenario]) => scenarioJson(title, scenario, alert)),
  };
}

/** A scenario whose times are durations. Times that depend on the alert's `for` are computed. */
function scenarioJson(title: string, scenario: Scenario<unknown>, alert: AnyAlert): ScenarioJson {
  const { given: _given, stepSeconds: _step, alone: _alone, ...fields } = scenario;
  if (fields.outcome === "silent") return { title, ...fields };
  const duration = (time: StoryTime) => durationText(storySeconds(time, inSeconds(alert.for ?? "0s")));
  const { after, by, resolves, ...rest } = fields;
  const ends = resolves && { after: duration(resolves.after), by: duration(resolves.by) };
  return { title, ...rest, after: duration(after), by: duration(by), ...(ends && { resolves: ends }) };
}

/**
 * Kinds of integrations of a receiver: `slack_configs` becomes `slack`. The configuration of an integration is left
 * out.
 */
function integrations({ name: _name, ...integrationLists }: Receiver): string[] {
  return Object.keys(integrationLists)
    .map((field) => field.replace(/_configs$/, ""))
    .sort();
}

function dashboardJson({ folder, model }: FiledDashboard): DashboardJson {
  const panels = panelsOf(model).map((panel) => ({
    title: panel.title ?? "",
    type: panel.type,
    queries: targetsOf(panel).flatMap(({ expr }) => expr ?? []),
  }));
  return { uid: model.uid, title: model.title, folder, panels };
}

function sortBy<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return items.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}
