import { refuseAny } from "../faults";
import type { Alert, AnyAlert } from "../kit/alerts/alert";
import { checkFields } from "../kit/alerts/check-fields";
import { checkOverride, overridePlace } from "../kit/alerts/check-overrides";
import type { LogAlert } from "../kit/alerts/log-alert";
import { type AlertOverride, type OverriddenAlert, overrideAlert, overrideKey } from "../kit/alerts/overrides";
import type { SentryAlert } from "../kit/alerts/sentry-alert";
import { alertsOn, isSwitchedOff, type SwitchedOff } from "../kit/alerts/switched-off";
import type { DashboardForm } from "../kit/dashboards/dashboard";
import { present } from "../kit/lists";
import { type Catalogue, catalogue } from "../kit/metrics/catalogue";
import type { Job } from "../kit/metrics/job";
import { type Kept, keptData } from "../kit/metrics/retention";
import { daysInWords, inSeconds } from "../kit/queries/duration";
import { type Catalogued, inventory } from "../metrics/inventory";
import type { Environment } from "../settings/environment";
import { sentryProjectOf } from "../settings/sentry-project-of";
import { namespacesOfTeams, teamOfService } from "../settings/team-members";
import { alertMatchers, withTeam } from "./alert-teams";
import type { ExporterForm, Subject, Variables } from "./subject";
import { subjects } from "./subjects";

/** The subjects that an environment has. */
export function subjectsOf(environment: Environment): readonly Subject[] {
  return subjects.filter(({ when }) => when === undefined || when.holds(environment));
}

/** Causes that alerts may name. They are the same in every environment. */
export const causes: readonly string[] = subjects.flatMap((subject) => subject.causes ?? []);

/** Scrape jobs of an environment. */
export function jobsOf(environment: Environment): readonly Job[] {
  return subjectsOf(environment).flatMap(({ jobs }) => present(jobs?.(environment) ?? []));
}

/** Exporters that an environment deploys. */
export function exportersOf(environment: Environment): readonly ExporterForm[] {
  return subjectsOf(environment).flatMap(({ exporter }) => exporter?.(environment) ?? []);
}

/** Alerts that Sentry evaluates in the project of an environment, each with the team that the environment gives it to. */
export function sentryAlertsOf(environment: Environment): readonly SentryAlert[] {
  const project = sentryProjectOf(environment);
  if (project === undefined) return [];
  return subjectsOf(environment)
    .flatMap(({ sentryAlerts }) => sentryAlerts?.(project) ?? [])
    .map((alert) => ({ ...alert, team: teamOfService(environment, alert.service) ?? alert.team }));
}

/** Environment variables of all containers of the ERP that the subjects of an environment add. */
export function erpVariablesOf(environment: Environment): Variables {
  const added = subjectsOf(environment).map(({ erpVariables }) => erpVariables?.(environment) ?? {});
  return Object.assign({}, ...added);
}

/**
 * Everything that the subjects of an environment contribute, as values, without the rules that read older data than the
 * environment keeps. Panels that do so are left out when the dashboards are built.
 */
export interface Contributions {
  readonly catalogued: Catalogued;
  readonly catalogue: Catalogue;
  /** What the environment can answer from the data that it keeps, and the recordings that it does not have. */
  readonly kept: Kept;
  /** The alerts that read older data than the environment keeps. */
  readonly unkeptAlerts: readonly AnyAlert[];
  readonly alerts: readonly Alert[];
  readonly logAlerts: readonly LogAlert[];
  /** The alerts that the environment changes or switches off. An override with a fault has no effect. */
  readonly overridden: readonly OverriddenAlert[];
  readonly dashboards: readonly DashboardForm[];
  /** Path of the file that contains an alert. */
  readonly fileOf: (alert: AnyAlert) => string;
}

/** @throws {Faults} if an alert is incomplete. */
export function contributions(environment: Environment): Contributions {
  const members = subjectsOf(environment);
  const measured = inventory(environment);
  const kept = keptData(
    { samples: inSeconds(environment.prometheus.retention), logLines: inSeconds(environment.loki.retention) },
    members.flatMap(({ recordings }) => present(recordings?.(measured) ?? [])),
  );
  const known = catalogue(
    members.flatMap(({ metrics }) => present(metrics?.(measured) ?? [])),
    kept.recordings,
    { namespace: namespacesOfTeams(environment) },
  );
  const catalogued = { ...measured, jobs: known.jobs };
  const bySubject = members.map(({ name, alerts, logAlerts }) => ({
    name,
    alerts: alertsOn(alerts?.(catalogued) ?? []),
    logAlerts: alertsOn(logAlerts?.() ?? []),
  }));
  // Dashboards cannot be built from an alert without a measure or a limit.
  refuseAny(
    bySubject.flatMap(({ name, alerts, logAlerts }) =>
      [...alerts, ...logAlerts].flatMap((alert) => checkFields(alert, alertFile(name, alert.name))),
    ),
  );
  const files = new Map(
    bySubject.flatMap(({ name, alerts, logAlerts }) =>
      [...alerts, ...logAlerts].map((alert) => [alert.name, alertFile(name, alert.name)]),
    ),
  );
  const declared = bySubject.flatMap(({ alerts }) => alerts);
  const all = {
    alerts: declared.map((alert) => withTeam(alert, environment)),
    logs: bySubject.flatMap(({ logAlerts }) => logAlerts).map((alert) => withTeam(alert, environment)),
  };
  const isKept = ({ expression }: AnyAlert) => kept.isKept(expression);
  const alertsOf = {
    erp: alertMatchers(declared.filter(isKept), "erp", environment),
    platform: alertMatchers(declared.filter(isKept), "platform", environment),
  };
  const overrides = environment.alerts ?? {};
  const alerts = applyOverrides(all.alerts.filter(isKept), overrides);
  const logAlerts = applyOverrides(all.logs.filter(isKept), overrides);
  return {
    catalogued,
    catalogue: known,
    kept,
    unkeptAlerts: [...all.alerts, ...all.logs].filter((alert) => !isKept(alert)),
    alerts: alerts.deployed,
    logAlerts: logAlerts.deployed,
    overridden: [...alerts.overridden, ...logAlerts.overridden],
    dashboards: members.flatMap(({ dashboards }) => present(dashboards?.({ ...catalogued, alertsOf }) ?? [])),
    fileOf: ({ name }) => files.get(name) ?? name,
  };
}

/** The alerts with their overrides, and those that have one. */
function applyOverrides<Listed extends AnyAlert>(
  declared: readonly Listed[],
  overrides: NonNullable<Environment["alerts"]>,
): { readonly deployed: readonly Listed[]; readonly overridden: readonly OverriddenAlert<Listed>[] } {
  const entries = declared.map((alert) => {
    const key = overrideKey(alert, overrides);
    const override = key === undefined ? undefined : overrides[key];
    if (key === undefined || !override || checkOverride(alert, override, key).length > 0) return { deployed: alert };
    const overridden = overrideAlert(alert, key, override);
    return { deployed: overridden.changed, overridden };
  });
  return {
    deployed: entries.flatMap(({ deployed }) => deployed ?? []),
    overridden: entries.flatMap(({ overridden }) => overridden ?? []),
  };
}

/**
 * The alerts that an environment does not have: switched off by its settings, or by an override.
 * @param contributed what its subjects contribute, if the caller knows it already
 */
export function switchedOffAlerts(
  environment: Environment,
  contributed: Contributions = contributions(environment),
): readonly SwitchedOff[] {
  const byOverride = contributed.overridden.flatMap(({ key, declared, override }) =>
    override.off ? [{ title: declared.title, because: offText(key, override) }] : [],
  );
  return [...switchedOffBySettings(environment, contributed), ...byOverride];
}

function offText(key: string, { because, until }: AlertOverride): string {
  const setting = `\`${overridePlace("alerts", key, "off")}\``;
  return `${because.replace(/\.$/, "")} (${until === undefined ? setting : `${setting}, until ${until}`})`;
}

/** The alerts that the settings of an environment switch off, each with the setting. */
export function switchedOffBySettings(
  environment: Environment,
  { catalogued, kept, unkeptAlerts }: Contributions,
): readonly SwitchedOff[] {
  const bySetting = subjects.flatMap(({ when, alerts, logAlerts }) => {
    const entries = [...(alerts?.(catalogued) ?? []), ...(logAlerts?.() ?? [])];
    if (when === undefined || when.holds(environment)) return entries.filter(isSwitchedOff);
    return entries.map(({ title }) => ({ title, because: when.otherwise }));
  });
  const byRetention = unkeptAlerts.map(({ title, expression }) => {
    const age = daysInWords(kept.ageNeeded(expression));
    const because =
      expression.language === "logql"
        ? `\`loki.retention\` is below ${age}, which is the age of the oldest log lines that this alert reads`
        : `\`prometheus.retention\` is below ${age}, which is the age of the oldest samples that this alert reads`;
    return { title, because };
  });
  return [...bySetting, ...byRetention];
}

/** Path of the file of an alert, which is named after it. Without a name, the folder of its subject. */
export function alertFile(subject: string, alert: string | undefined): string {
  if (alert === undefined) return `alerts/${subject}`;
  return `alerts/${subject}/${alert.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase()}.ts`;
}
