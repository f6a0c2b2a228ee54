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

/** The results of a step. */
export interface Results {
  readonly figures: readonly Figure[];
  /** A text in Markdown. */
  readonly notes: string;
  /** What reported a fault, and when: `ErpDown at the pager after 84 s`. */
  readonly seen: readonly string[];
  /** What was written while a fault lasted and is missing: `0 of 1800 lines`. */
  readonly lost: readonly string[];
}

export const noResults: Results = { figures: [], notes: "", seen: [], lost: [] };

interface Line {
  readonly step: string;
  readonly figure?: Figure;
  readonly note?: string;
  readonly seen?: string;
  readonly lost?: string;
}

/** Reports a measured value, for the table at the end and for the recorded page. */
export function figure(name: string, value: string, budget?: Budget): void {
  append({ figure: { name, value, budget } });
}

/** Reports a measured amount with the budget that it should not exceed. */
export function figureWithin(name: string, amount: number, unit: string, budget: number): void {
  figure(name, `${amount} ${unit}`, { limit: `${budget} ${unit}`, met: amount <= budget });
}

/** Whole seconds since a time in milliseconds since 1970. */
export function secondsSince(start: number): number {
  return Math.round((Date.now() - start) / 1000);
}

/** Adds a text, in Markdown, to the recorded page. */
export function note(text: string): void {
  append({ note: text });
}

/** Reports a notification, for `docs/faults.md`. @param seconds from the fault to the notification */
export function seen(alert: string, receiver: string, seconds: number): void {
  append({ seen: `${alert} at the ${receiver} after ${seconds} s` });
}

/** Reports what is missing after a fault, for `docs/faults.md`. */
export function lost(text: string): void {
  append({ lost: text });
}

/** The results of all steps so far, by the title of the step. */
export function resultsByStep(): ReadonlyMap<string, Results> {
  const steps = new Map<string, Results>();
  for (const { step, figure, note = "", seen, lost } of lines()) {
    const before = steps.get(step) ?? noResults;
    steps.set(step, {
      figures: [...before.figures, ...(figure ? [figure] : [])],
      notes: before.notes + note,
      seen: [...before.seen, ...(seen ? [seen] : [])],
      lost: [...before.lost, ...(lost ? [lost] : [])],
    });
  }
  return steps;
}

/** The budget and whether it was met: `180 s: over`. Empty for a figure without a budget. */
export function judgement({ budget }: Figure): string {
  return budget ? `${budget.limit}: ${budget.met ? "met" : "over"}` : "";
}

function append(line: Omit<Line, "step">): void {
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
