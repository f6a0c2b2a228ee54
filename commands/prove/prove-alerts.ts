import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Fault, Faults } from "../../faults";
import type { AnyAlert } from "../../kit/alerts/alert";
import { checkAlert } from "../../kit/alerts/check-alert";
import { checkLogAlert } from "../../kit/alerts/check-rules";
import { deployedAlert } from "../../kit/alerts/overrides";
import { alertPanels } from "../../kit/dashboards/alert-panels";
import { dashboard, type Model } from "../../kit/dashboards/dashboard";
import { panelsOf } from "../../kit/dashboards/model";
import { logVocabulary } from "../../logs/vocabulary";
import type { Environment } from "../../settings/environment";
import { type Contributions, causes } from "../../subjects/listings";
import { runTool } from "../run-tool";
import { toolPath } from "../tool";
import { wrap } from "../wrap";
import { type NamedAlerts, namedAlerts } from "./named-alerts";
import { playAlerts } from "./play-alerts";
import { playLogAlerts } from "./play-log-alerts";
import { hasPassed, type PlayedScenario } from "./played-scenario";
import { alertHeader, scenarioReport, type Terminal } from "./report";

/**
 * Plays the scenarios of the named alerts, and prints what happens in each of them.
 * @returns whether every scenario came true, and synth accepts the alerts
 */
export async function proveAlerts(
  environments: readonly Environment[],
  names: readonly string[],
  terminal: Terminal,
): Promise<boolean> {
  const outcomes: boolean[] = [];
  for (const named of namedAlerts(environments, names)) {
    const began = performance.now();
    const played = await play(named);
    const seconds = (performance.now() - began) / 1000;
    const models = modelsOf(named);
    for (const alert of named.alerts) {
      outcomes.push(reportAlert(alert, played.get(alert) ?? [], named, models, terminal));
    }
    console.log(
      `${named.environment.name}: played in ${seconds.toFixed(1)} s${[...played.keys()].some(isOfLogs) ? startOfLoki : ""}`,
    );
  }
  return outcomes.every(Boolean);
}

const startOfLoki = ", most of it for the start of Loki, which plays alerts on logs";

function isOfLogs({ measure }: AnyAlert): boolean {
  return measure.language === "logql";
}

async function play({
  environment: { name, runbookBaseUrl },
  contributed,
  alerts,
}: NamedAlerts): Promise<ReadonlyMap<AnyAlert, readonly PlayedScenario[]>> {
  const { alerts: ofMetrics, logAlerts, catalogue } = contributed;
  const chosen = <One extends AnyAlert>(all: readonly One[]) => all.filter((one) => alerts.includes(one));
  const metric = chosen(ofMetrics);
  // Loki refuses a faulty query with an error, where promtool reports a failure.
  const log = chosen(logAlerts).filter((one) => faultsOf(one, contributed).length === 0);
  return new Map<AnyAlert, readonly PlayedScenario[]>([
    ...(metric.length > 0
      ? playAlerts(runTool(toolPath("promtool")), metric, catalogue, { environment: name, runbookBaseUrl })
      : []),
    ...(log.length > 0 ? await playLogAlerts(log) : []),
  ]);
}

/** The dashboards. Their checks would take longer than all other steps. */
function modelsOf({ environment: { runbookBaseUrl }, contributed }: NamedAlerts): readonly Model[] {
  return contributed.dashboards.map((form) =>
    dashboard(form, {
      runbookBaseUrl,
      isKept: contributed.kept.isKept,
      deployed: deployedAlert(contributed.overridden),
    }),
  );
}

function reportAlert(
  alert: AnyAlert,
  played: readonly PlayedScenario[],
  { environment, contributed }: NamedAlerts,
  models: readonly Model[],
  terminal: Terminal,
): boolean {
  const source = contributed.fileOf(alert);
  const runbook = join("docs", "runbooks", `${alert.name}.md`);
  const panel = panelOf(alert, models);
  console.log(
    `${alertHeader(
      {
        alert,
        environment: environment.name,
        source,
        ...(panel && { panel }),
        ...(existsSync(runbook) && { runbook }),
      },
      terminal,
    )}\n`,
  );
  const faults = faultsOf(alert, contributed);
  const isPlayed = played.some(({ errors }) => errors.length === 0);
  const failed = played.filter((one) => !hasPassed(one));
  // Failed scenarios come last, because the terminal shows the end. If nothing could be played, the fault explains it better.
  if (isPlayed || faults.length === 0)
    for (const one of [...played.filter(hasPassed), ...failed])
      console.log(`${scenarioReport(alert, one, terminal)}\n`);
  if (faults.length > 0) console.log(`${new Faults(faults, "`npm run synth` refuses this alert").message}\n`);
  console.log(
    isPlayed
      ? `${alert.title}: ${played.length - failed.length} passed, ${failed.length} failed`
      : `${alert.title}: could not be played`,
  );
  const remedy = `Correct the alert in ${source}, or the scenario if it expects the wrong thing.`;
  if (failed.length > 0) console.log(wrap(remedy, terminal.width).join("\n"));
  return isPlayed && failed.length === 0 && faults.length === 0;
}

/** The faults that synth finds in the alert. */
function faultsOf(alert: AnyAlert, { alerts, logAlerts, catalogue, fileOf }: Contributions): readonly Fault[] {
  const place = fileOf(alert);
  const [metric, log] = [alerts.find((one) => one === alert), logAlerts.find((one) => one === alert)];
  if (metric) return checkAlert(metric, catalogue.vocabulary, { causes, place });
  return log ? checkLogAlert(log, logVocabulary, { causes, place }) : [];
}

/** Dashboard and title of the panel that shows the alert. */
function panelOf(alert: AnyAlert, models: readonly Model[]): string | undefined {
  const shown = alertPanels([alert], models).get(alert.expression.text);
  const model = models.find(({ uid }) => uid === shown?.uid);
  const panel = model && panelsOf(model).find(({ id }) => id === shown?.panel);
  return model && panel && `${model.title} (${model.uid}): ${panel.title}`;
}
