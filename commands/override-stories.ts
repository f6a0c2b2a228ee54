import { type Fault, refuseAny } from "../faults";
import type { Alert, AnyAlert } from "../kit/alerts/alert";
import { overridePlace } from "../kit/alerts/check-overrides";
import type { LogAlert } from "../kit/alerts/log-alert";
import type { Environment } from "../settings/environment";
import { type Contributions, contributions } from "../subjects/listings";
import { builtProgram, notInstalledText } from "./built-program";
import { playLogAlerts } from "./prove/play-log-alerts";
import { alertPassed } from "./prove/played-scenario";
import { alertStories, runScenarios, scenarioFiles } from "./prove/scenario-files";
import type { Run } from "./run-tool";
import { builtPath, type Tool } from "./tool";

/** Programs that play scenarios, if they are on PATH in the pinned version or were built before. */
export interface Players {
  readonly promtool: Run | undefined;
  /** Titles of the scenarios that fail, by alert. @default Loki is not installed */
  readonly playLogs: ((alerts: readonly LogAlert[]) => Promise<ReadonlyMap<LogAlert, readonly string[]>>) | undefined;
}

/**
 * Plays the scenarios of the alerts that an environment changes with the values of the environment, and prints what was
 * played.
 * @throws {Faults} with each scenario that fails
 */
export async function checkOverrideStories(
  environment: Environment,
  find: () => Players = findBuilt,
  title = "nothing was deployed",
): Promise<void> {
  const contributed = contributions(environment);
  const titles = new Set(contributed.overridden.flatMap(({ changed }) => changed?.title ?? []));
  if (titles.size === 0) return;
  const { promtool, playLogs } = find();
  const metric = contributed.alerts.filter(({ title }) => titles.has(title));
  const log = contributed.logAlerts.filter(({ title }) => titles.has(title));
  const failed = new Map<AnyAlert, readonly string[]>([
    ...(promtool ? playMetrics(promtool, metric, contributed, environment) : []),
    ...(playLogs && log.length > 0 ? await playLogs(log) : []),
  ]);
  report("promtool", promtool !== undefined, metric, failed);
  report("loki", playLogs !== undefined, log, failed);
  refuseAny(
    contributed.overridden.flatMap(({ key, changed }) =>
      (changed ? (failed.get(changed) ?? []) : []).map((scenario) => storyFault(environment.name, key, scenario)),
    ),
    title,
  );
}

function findBuilt(): Players {
  return {
    promtool: builtProgram("promtool"),
    playLogs: builtPath("loki") === undefined ? undefined : failedLogScenarios,
  };
}

function playMetrics(
  promtool: Run,
  alerts: readonly Alert[],
  { catalogue }: Contributions,
  { name, runbookBaseUrl }: Environment,
): ReadonlyMap<Alert, readonly string[]> {
  if (alerts.length === 0) return new Map();
  const publication = { environment: name, runbookBaseUrl };
  const files = alerts.map(
    (alert) => [alert, scenarioFiles(alert, alertStories(alert, catalogue), catalogue, publication)] as const,
  );
  const failures = runScenarios(promtool, new Map(files));
  return new Map(
    [...failures].map(([alert, found]) => [alert, [...new Set(found.map(({ scenario, text }) => scenario ?? text))]]),
  );
}

async function failedLogScenarios(alerts: readonly LogAlert[]): Promise<ReadonlyMap<LogAlert, readonly string[]>> {
  const played = await playLogAlerts(alerts);
  return new Map(
    [...played].map(([alert, all]) => [alert, all.filter((one) => !alertPassed(one)).map(({ title }) => title)]),
  );
}

function report(
  program: Tool,
  isInstalled: boolean,
  alerts: readonly AnyAlert[],
  failed: ReadonlyMap<AnyAlert, readonly string[]>,
): void {
  if (alerts.length === 0) return;
  const names = alerts.map(({ title }) => title).join(", ");
  if (!isInstalled) {
    console.log(notInstalledText(program, `so the scenarios of ${names} were not played with the overrides`));
    return;
  }
  const isRefused = alerts.some((alert) => failed.get(alert)?.length);
  console.log(`${program}: ${isRefused ? "refuses" : "accepts"} the overrides of ${names}`);
}

function storyFault(environment: string, key: string, scenario: string): Fault {
  return {
    place: overridePlace(`config/${environment}.ts: alerts`, key),
    rule: `must keep every scenario of the alert true; with the override, this one fails: "${scenario}"`,
    remedy: `choose other values; \`npm run prove -- ${key.split(" ")[0]} --environment ${environment}\` draws the scenario`,
  };
}
