import type { Fault } from "../../faults";
import { suggestion } from "../queries/matching";
import type { Model } from "./dashboard";
import { modelPlace, panelPlace, panelsOf } from "./model";

/** Faults of variables that are used but not declared, or declared but not used. */
export function checkVariables(model: Model): Fault[] {
  const declared = (model.templating.list ?? []).map(({ name }) => name);
  const parts = [
    ...panelsOf(model).map((panel) => ({ place: panelPlace(model, panel), uses: variablesIn(panel) })),
    ...(model.annotations.list ?? []).map((one) => ({
      place: modelPlace(model, `annotation "${one.name}"`),
      uses: variablesIn(one),
    })),
    ...(model.links ?? []).map((one) => ({ place: modelPlace(model, `link "${one.title}"`), uses: variablesIn(one) })),
    ...(model.templating.list ?? []).map((one) => ({
      place: modelPlace(model, `variable "${one.name}"`),
      uses: variablesIn(one).filter((name) => name !== one.name),
    })),
  ];
  const unknown = parts.flatMap(({ place, uses }) =>
    uses
      .filter((name) => !declared.includes(name))
      .map((name) => ({ place, rule: `unknown variable "${name}"`, remedy: suggestion(name, declared) })),
  );
  const unused = declared.filter((name) => !parts.some(({ uses }) => uses.includes(name)));
  return [
    ...unknown,
    ...unused.map((name) => ({
      place: modelPlace(model, `variable "${name}"`),
      rule: "must be used by something",
      remedy: "remove it, or use it in a query",
    })),
  ];
}

/** Names of variables in the texts of a part, without Grafana's own (`$__range`) and groups of expressions (`$1`). */
function variablesIn(part: object): string[] {
  const found = JSON.stringify(part).matchAll(/\$\{?([a-zA-Z]\w*)|\[\[(\w+)/g);
  return [...new Set([...found].map(([, name, bracketed]) => name ?? bracketed ?? ""))];
}
