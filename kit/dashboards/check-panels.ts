import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Fault } from "../../faults";
import type { Model } from "./dashboard";
import { modelPlace, panelPlace, panelsOf, targetsOf } from "./model";

/** What every panel must say, and what only one may say. */
export function checkPanels(model: Model): Fault[] {
  const panels = panelsOf(model);
  return [
    ...panels.flatMap((panel) =>
      checkProperties(panel).map((fault) => ({ place: panelPlace(model, panel), ...fault })),
    ),
    ...duplicates(panels.map(({ title }) => title)).map((title) => ({
      place: modelPlace(model, `panel "${title}"`),
      rule: "must have a title of its own",
      remedy: "say in the title how it differs from the other one",
    })),
    ...duplicates(panels.map(({ id }) => id)).map((id) => ({
      place: modelPlace(model),
      rule: "must have panels with numbers of their own",
      value: `${id}`,
      remedy: "change the title of one of them, from which its number follows",
    })),
  ];
}

function checkProperties(panel: Panel): Omit<Fault, "place">[] {
  const queries = targetsOf(panel);
  const drawn = panel.type === "timeseries" || panel.type === "state-timeline";
  const requirements: [boolean, Omit<Fault, "place">][] = [
    [Boolean(panel.title), { rule: "must have a title", remedy: "say what it shows" }],
    [Boolean(panel.description), { rule: "must have a description", remedy: "say what to do when it looks ill" }],
    [Boolean(panel.fieldConfig?.defaults.unit), { rule: "must have a unit", remedy: "`none` for a plain number" }],
    [queries.length > 0, { rule: "must have a query", remedy: "give it one, or remove the panel" }],
    [
      !drawn || queries.every(({ legendFormat }) => legendFormat),
      { rule: "must name its series", remedy: "give each query a legend, such as `{{route}}`" },
    ],
  ];
  return requirements.filter(([there]) => !there).map(([, fault]) => fault);
}

/** What appears more than once. */
export function duplicates<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values.filter((value, index) => value !== undefined && values.indexOf(value) !== index))];
}
