import type { VariableModel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Model } from "../../kit/dashboards/dashboard";
import { choiceOf } from "../../kit/dashboards/model";
import type { Choices } from "./questions";

/** Finds the values that a label of some series has. */
export type LabelValues = (series: string, label: string) => Promise<readonly string[]>;

/** What Grafana chooses for a dashboard's variables when nobody has chosen yet. */
export async function firstChoices(model: Model, labelValues: LabelValues): Promise<Choices> {
  const choices: Record<string, string> = {};
  for (const variable of model.templating.list ?? []) {
    const value = await firstChoice(variable, labelValues);
    if (value !== undefined) choices[variable.name] = value;
  }
  return choices;
}

async function firstChoice(variable: VariableModel, labelValues: LabelValues): Promise<string | undefined> {
  const { allValue, current, query } = variable;
  if (current?.value === "$__all") return allValue ?? ".+";
  if (typeof current?.value === "string") return current.value;
  const { text, listed } = choiceOf(query);
  return text && listed ? (await labelValues(text, listed))[0] : undefined;
}
