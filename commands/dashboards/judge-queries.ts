import { allDashboards, type Signals } from "../../signals";
import { concurrently } from "../concurrently";
import type { Answers } from "./answers";
import { firstChoices } from "./choices";
import { type Judgement, judge } from "./judgement";
import { questionsOf } from "./questions";

/** Queries that are sent at the same time: more would only wait in Prometheus, which evaluates 20 at once. */
const atOnce = 6;

/** The outcome of every query of the dashboards, in their order. */
export async function judgeQueries(signals: Signals, answers: Answers): Promise<readonly Judgement[]> {
  const dashboards = allDashboards(signals);
  const questions = await Promise.all(
    dashboards.map(async ({ model }) => {
      const choices = await firstChoices(model, (series, label) => answers.labelValues(series, label));
      return questionsOf(model, choices);
    }),
  );
  return concurrently(questions.flat(), atOnce, (question) => judge(question, answers));
}
