import { performance } from "node:perf_hooks";
import { CommandError } from "../../commands/command";
import type { Answers } from "../../commands/dashboards/answers";
import { firstChoices } from "../../commands/dashboards/choices";
import { type Question, questionsOf } from "../../commands/dashboards/questions";
import type { Choices } from "../../commands/dashboards/variables";
import type { Model } from "../../kit/dashboards/dashboard";

/** What became of a question. Log queries are not asked: their cost has another measure. */
export type Outcome = "answered" | "empty" | "refused" | "about logs";

export interface Asked {
  readonly question: Question;
  readonly outcome: Outcome;
  /** Samples that Prometheus read for the expression. */
  readonly samples: number;
  readonly milliseconds: number;
}

/**
 * Asks everything that a dashboard asks when it is opened over the hour.
 * @param preferred what a reader chooses in its variables, where they offer it
 */
export async function askAll(model: Model, answers: Answers, preferred: Choices): Promise<readonly Asked[]> {
  const choices = await firstChoices(model, (series, label) => valuesOrNone(answers, series, label), preferred);
  const asked: Asked[] = [];
  for (const question of questionsOf(model, choices)) asked.push(await ask(question, answers));
  return asked;
}

async function ask(question: Question, answers: Answers): Promise<Asked> {
  const { language, expression, evaluation } = question;
  if (language === "logql") return { question, outcome: "about logs", samples: 0, milliseconds: 0 };
  const from = performance.now();
  try {
    const { series, samples } = await answers.evaluate(expression, evaluation);
    return { question, outcome: series > 0 ? "answered" : "empty", samples, milliseconds: performance.now() - from };
  } catch (error) {
    passOn(error);
    return { question, outcome: "refused", samples: 0, milliseconds: performance.now() - from };
  }
}

/** Prometheus may refuse what a variable of theirs asks. */
async function valuesOrNone(answers: Answers, series: string, label: string): Promise<readonly string[]> {
  try {
    return await answers.labelValues(series, label);
  } catch (error) {
    passOn(error);
    return [];
  }
}

/** A refusal is an answer, unlike a server that cannot be reached. */
function passOn(error: unknown): void {
  if (!(error instanceof CommandError)) throw error;
}
