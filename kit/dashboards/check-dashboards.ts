import type { Fault } from "../../faults";
import { inSeconds } from "../queries/duration";
import { checkLayout } from "./check-layout";
import { checkPanels, twice } from "./check-panels";
import { checkQueries, type Known } from "./check-queries";
import { checkVariables } from "./check-variables";
import type { Model } from "./dashboard";
import { placeOf } from "./model";

/** Everything that is wrong with the dashboards of one environment, each fault with its dashboard, panel and query. */
export function checkDashboards(models: readonly Model[], known: Known): Fault[] {
  return [
    ...shared(models, "uid"),
    ...shared(models, "title"),
    ...models.flatMap((model) => [
      ...address(model),
      ...refresh(model),
      ...checkPanels(model),
      ...checkLayout(model),
      ...checkVariables(model),
      ...checkQueries(model, known),
    ]),
    ...unshown(known),
  ];
}

/** Of two dashboards of one uid Grafana keeps one; two of one title nobody can tell apart. */
function shared(models: readonly Model[], field: "uid" | "title"): Fault[] {
  return twice(models.map((model) => model[field])).map((value) => ({
    place: `dashboards with the ${field} "${value}"`,
    rule: `must each have a ${field} of their own`,
    remedy: `change the ${field} of one of them`,
  }));
}

function address(model: Model): Fault[] {
  if (/^[a-z0-9-]{1,40}$/.test(model.uid)) return [];
  const rule = "must have a uid of at most 40 lower-case letters, digits and hyphens";
  return [{ place: placeOf(model), rule, value: model.uid, remedy: "choose one such as `erp-celery`, and keep it" }];
}

function refresh(model: Model): Fault[] {
  if (model.refresh === undefined || inSeconds(model.refresh) >= 30) return [];
  const rule = "must refresh every 30 s at most: faster than that Prometheus has nothing new";
  return [{ place: placeOf(model), rule, value: model.refresh, remedy: "write `30s` or more" }];
}

function unshown({ alerts, shown }: Known): Fault[] {
  return alerts
    .filter(({ expression }) => !shown.has(expression.text))
    .map(({ title }) => ({
      place: `alert ${title}`,
      rule: "must be shown by a panel with its own expression and limit",
      remedy: "add `alertPanel(…)` for it to a dashboard",
    }));
}
