import type { VariableModel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Model } from "../../kit/dashboards/dashboard";
import { choiceOf } from "../../kit/dashboards/model";
import { type Choices, completeVariables } from "./variables";

/** Queries the values that a label of some series has. */
export type LabelValues = (series: string, label: string) => Promise<readonly string[]>;

/**
 * The values that Grafana selects for a dashboard's variables when the dashboard is opened for the first time.
 * @param preferred values that are chosen where a variable offers them
 */
export async function firstChoices(model: Model, labelValues: LabelValues, preferred: Choices = {}): Promise<Choices> {
  const choices: Record<string, string> = {};
  // In their order, because the values of a variable may depend on the variables before it.
  for (const variable of model.templating.list ?? []) {
    const { name, query } = variable;
    const { text, listed } = choiceOf(query);
    const series = completeVariables(text ?? "", choices);
    const offered = text && listed ? await labelValues(series, listed) : [];
    choices[name] = firstChoice(variable, offered, preferred[name]);
  }
  return choices;
}

/** @returns an empty text if there is no value: Grafana then sends its queries with an empty text */
function firstChoice(variable: VariableModel, offered: readonly string[], preferred: string | undefined): string {
  const { type, allValue, includeAll } = variable;
  const saved = [variable.current?.value ?? []].flat()[0];
  const all = allValue || `(${offered.join("|")})`;
  if (saved === "$__all") return all;
  if (type !== "query") return saved ?? "";
  if (preferred !== undefined && offered.includes(preferred)) return preferred;
  if (saved !== undefined && offered.includes(saved)) return saved;
  return includeAll ? all : (offered[0] ?? "");
}
