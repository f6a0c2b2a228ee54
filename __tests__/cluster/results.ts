import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { currentStep } from "./steps";

/** The limit that a measured value is compared with. Exceeding it is reported and never fails a run. */
export interface Budget {
  /** The limit with its unit: `180 s`. */
  readonly limit: string;
  readonly met: boolean;
}

/** A measured value. */
export interface Figure {
  readonly name: string;
  /** The value with its unit: `61 s`. */
  readonly value: string;
  /** The limit of the value. @default the value has no limit */
  readonly budget?: Budget;
}

/** The figures and notes of a step. */
export interface Results {
  readonly figures: readonly Figure[];
  /** A text in Markdown. */
  readonly notes: string;
}

type Line = { readonly step: string } & ({ readonly figure: Figure } | { readonly note: string });

/** Reports a measured value, for the table at the end and for the recorded page. */
export function figure(name: string, value: string, budget?: Budget): void {
  append({ figure: { name, value, budget } });
}

/** Reports a measured amount with the budget that it should not exceed. */
export function figureWithin(name: string, amount: number, unit: string, budget: number): void {
  figure(name, `${amount} ${unit}`, { limit: `${budget} ${unit}`, met: amount <= budget });
}

/** Adds a text, in Markdown, to the recorded page. */
export function note(text: string): void {
  append({ note: text });
}

/** The results of all steps so far, by the title of the step. */
export function resultsByStep(): ReadonlyMap<string, Results> {
  const steps = new Map<string, Results>();
  for (const line of lines()) {
    const { figures, notes } = steps.get(line.step) ?? { figures: [], notes: "" };
    steps.set(
      line.step,
      "figure" in line ? { figures: [...figures, line.figure], notes } : { figures, notes: notes + line.note },
    );
  }
  return steps;
}

/** The budget and whether it was met: `180 s: over`. Empty for a figure without a budget. */
export function judgement({ budget }: Figure): string {
  return budget ? `${budget.limit}: ${budget.met ? "met" : "over"}` : "";
}

function append(line: { readonly figure: Figure } | { readonly note: string }): void {
  if (!process.env.CLUSTER_RESULTS) return;
  appendFileSync(process.env.CLUSTER_RESULTS, `${JSON.stringify({ step: currentStep(), ...line })}\n`);
}

function lines(): readonly Line[] {
  const file = process.env.CLUSTER_RESULTS;
  if (!file || !existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
