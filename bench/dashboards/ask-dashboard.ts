import { performance } from "node:perf_hooks";
import { CommandError } from "../../commands/command";
import type { Answers } from "../../commands/dashboards/answers";
import { firstChoices } from "../../commands/dashboards/choices";
import { type Question, questionsOf } from "../../commands/dashboards/questions";
import type { Choices } from "../../commands/dashboards/variables";
import type { Model } from "../../kit/dashboards/dashboard";

/** Outcome of a query. Log queries are not sent, because their cost is not counted in samples. */
export type Outcome = "answered" | "empty" | "refused" | "about logs";

export interface QueryCost {
  readonly question: Question;
  readonly outcome: Outcome;
  /** Samples that Prometheus read for the query. */
  readonly samples: number;
  readonly milliseconds: number;
}

/**
 * Sends all queries that a dashboard sends when it is opened over the hour.
 * @param preferred the values that are chosen for the variables that offer them
 */
export async function askAll(model: Model, answers: Answers, preferred: Choices): Promise<readonly QueryCost[]> {
  const choices = await firstChoices(model, (series, label) => valuesOrNone(answers, series, label), preferred);
  const asked: QueryCost[] = [];
  for (const question of questionsOf(model, choices)) asked.push(await ask(question, answers));
  return asked;
}

async function ask(question: Question, answers: Answers): Promise<QueryCost> {
  const { language, expression, evaluation } = question;
  if (language === "logql") return { question, outcome: "about logs", samples: 0, milliseconds: 0 };
  const from = performance.now();
  try {
    const { series, samples } = await answers.evaluate(expression, evaluation);
    return { question, outcome: series > 0 ? "answered" : "empty", samples, milliseconds: performance.now() - from };
  } catch (error) {
    rethrowUnlessRefused(error);
    return { question, outcome: "refused", samples: 0, milliseconds: performance.now() - from };
  }
}

/** Values of a label. Prometheus may refuse the query of a variable. */
async function valuesOrNone(answers: Answers, series: string, label: string): Promise<readonly string[]> {
  try {
    return await answers.labelValues(series, label);
  } catch (error) {
    rethrowUnlessRefused(error);
    return [];
  }
}

/** A refused query is a result. A server that cannot be reached ends the command. */
function rethrowUnlessRefused(error: unknown): void {
  if (!(error instanceof CommandError)) throw error;
}
