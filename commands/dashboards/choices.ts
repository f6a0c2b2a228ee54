import type { VariableModel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Model } from "../../kit/dashboards/dashboard";
import { choiceOf } from "../../kit/dashboards/model";
import { type Choices, completeVariables } from "./variables";

/** Finds the values that a label of some series has. */
export type LabelValues = (series: string, label: string) => Promise<readonly string[]>;

/**
 * What Grafana chooses for a dashboard's variables when it is opened for the first time.
 * @param preferred values that are chosen where a variable offers them
 */
export async function firstChoices(model: Model, labelValues: LabelValues, preferred: Choices = {}): Promise<Choices> {
  const choices: Record<string, string> = {};
  // In their order: the values of one may depend on the choice of those before it.
  for (const variable of model.templating.list ?? []) {
    const { name, query } = variable;
    const { text, listed } = choiceOf(query);
    const series = completeVariables(text ?? "", choices);
    const offered = text && listed ? await labelValues(series, listed) : [];
    choices[name] = firstChoice(variable, offered, preferred[name]);
  }
  return choices;
}

/** @returns an empty text where there is nothing to choose: Grafana asks with that then */
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
