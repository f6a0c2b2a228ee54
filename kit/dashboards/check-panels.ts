import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Fault } from "../../faults";
import type { Model } from "./dashboard";
import { modelPlace, panelPlace, panelsOf, rowsOf } from "./model";
import { targetsOf } from "./targets";

/** Longer titles are cut in narrow panels, and a reader does not understand them at a glance. */
const longestTitle = 40;

/** Faults of the properties of panels and rows, and of titles and numbers that several panels have. */
export function checkPanels(model: Model): Fault[] {
  const panels = panelsOf(model);
  return [
    ...rowsOf(model).flatMap(({ title = "" }) => checkTitle(title, modelPlace(model, `row "${title}"`))),
    ...panels.flatMap((panel) => {
      const place = panelPlace(model, panel);
      return [...checkTitle(panel.title ?? "", place), ...checkProperties(panel).map((fault) => ({ place, ...fault }))];
    }),
    ...duplicates(panels.map(({ title }) => title)).map((title) => ({
      place: modelPlace(model, `panel "${title}"`),
      rule: "must have a title that no other panel has",
      remedy: "name in the title how it differs from the other one",
    })),
    ...duplicates(panels.map(({ id }) => id)).map((id) => ({
      place: modelPlace(model),
      rule: "must have panels with different numbers",
      value: `${id}`,
      remedy: "change the title of one of them: the number is computed from it",
    })),
  ];
}

function checkTitle(title: string, place: string): Fault[] {
  if (title.length <= longestTitle) return [];
  const rule = `must have a title of at most ${longestTitle} characters`;
  return [{ place, rule, value: `${title.length}`, remedy: "move details to the description" }];
}

function checkProperties(panel: Panel): Omit<Fault, "place">[] {
  const queries = targetsOf(panel);
  const drawn = panel.type === "timeseries" || panel.type === "state-timeline";
  const requirements: [boolean, Omit<Fault, "place">][] = [
    [Boolean(panel.title), { rule: "must have a title", remedy: "name the contents of the panel in the title" }],
    [
      Boolean(panel.description),
      { rule: "must have a description", remedy: "describe what it shows, what is normal, and what to do" },
    ],
    [Boolean(panel.fieldConfig?.defaults.unit), { rule: "must have a unit", remedy: "`none` for a plain number" }],
    [queries.length > 0, { rule: "must have a query", remedy: "give it one, or remove the panel" }],
    [
      !drawn || queries.every(({ legendFormat }) => legendFormat),
      { rule: "must name its series", remedy: "give each query a legend, such as `{{route}}`" },
    ],
  ];
  return requirements.filter(([met]) => !met).map(([, fault]) => fault);
}

/** The values that appear more than once. */
export function duplicates<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values.filter((value, index) => value !== undefined && values.indexOf(value) !== index))];
}
