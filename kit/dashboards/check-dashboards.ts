import type { Fault } from "../../faults";
import { type AnyAlert, alertPlace } from "../alerts/alert";
import { inSeconds } from "../queries/duration";
import { checkLayout } from "./check-layout";
import { checkPanels, duplicates } from "./check-panels";
import { checkQueries, type Known } from "./check-queries";
import { checkVariables } from "./check-variables";
import type { Model } from "./dashboard";
import { modelPlace } from "./model";
import { asDeclared, type PanelContext } from "./panel-context";

/** Faults of the dashboards of one environment, each with its dashboard, panel and query. */
export function checkDashboards(models: readonly Model[], known: Known): Fault[] {
  return [
    ...checkUnique(models, "uid"),
    ...checkUnique(models, "title"),
    ...models.flatMap((model) => [
      ...checkUid(model),
      ...checkRefresh(model),
      ...checkPanels(model),
      ...checkLayout(model),
      ...checkVariables(model),
      ...checkQueries(model, known),
    ]),
    ...checkAlertPanels(known),
  ];
}

/** Grafana keeps only one of two dashboards with the same uid; two with the same title cannot be distinguished. */
function checkUnique(models: readonly Model[], field: "uid" | "title"): Fault[] {
  return duplicates(models.map((model) => model[field])).map((value) => ({
    place: `dashboards with the ${field} "${value}"`,
    rule: `must each have a ${field} of their own`,
    remedy: `change the ${field} of one of them`,
  }));
}

function checkUid(model: Model): Fault[] {
  if (/^[a-z0-9-]{1,40}$/.test(model.uid)) return [];
  const rule = "must have a uid of at most 40 lower-case letters, digits and hyphens";
  return [
    { place: modelPlace(model), rule, value: model.uid, remedy: "choose one such as `redis-overview`, and keep it" },
  ];
}

function checkRefresh(model: Model): Fault[] {
  if (model.refresh === undefined || inSeconds(model.refresh) >= 30) return [];
  const rule = "must refresh every 30 s at most, because Prometheus has no newer samples";
  return [{ place: modelPlace(model), rule, value: model.refresh, remedy: "write `30s` or more" }];
}

/** The alerts that the environment does not switch off. */
export function alertsOn(
  alerts: readonly AnyAlert[],
  { deployed = asDeclared }: Pick<PanelContext, "deployed">,
): readonly AnyAlert[] {
  return alerts.filter((alert) => deployed(alert) !== undefined);
}

function checkAlertPanels({ alerts, shown, placeOf = alertPlace, ...context }: Known): Fault[] {
  return alertsOn(alerts, context)
    .filter(({ expression }) => !shown.has(expression.text))
    .map((alert) => ({
      place: placeOf(alert),
      rule: "must be shown by a panel with the alert's measure and limit",
      remedy: "add `alertPanel(…)` for it to a dashboard",
    }));
}
