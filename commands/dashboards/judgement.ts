import { metricNames } from "../../kit/queries/promql/metric-names";
import { subjects } from "../../subjects/subjects";
import type { Answers } from "./answers";
import type { Question } from "./questions";

/** The outcome of a query. */
export interface Judgement {
  readonly question: Question;
  /** Whether all of its selectors find series, or those that find none wait for an event. */
  readonly outcome: "answered" | "awaits an event" | "empty";
  /** Selectors, or the whole expression, that found nothing and wait for no event. */
  readonly missing: readonly string[];
  /** Events that have not happened yet. */
  readonly events: readonly string[];
  /** Samples that Prometheus read for the query. */
  readonly samples: number;
}

export async function judge(question: Question, answers: Answers): Promise<Judgement> {
  const { language, expression, evaluation, selectors } = question;
  const promql = language === "promql";
  const isAnswered = (selector: string) => {
    if (!promql) return answers.hasLines(selector);
    // A dashboard shows an hour, so it still shows an event that is over.
    return eventOf(selector) === undefined ? answers.hasSeries(selector) : answers.hadSeries(selector);
  };
  const absent: string[] = [];
  for (const selector of selectors) if (!(await isAnswered(selector))) absent.push(selector);
  const whole = promql
    ? await answers.evaluate(expression, evaluation)
    : { series: (await answers.logs(expression)).length, samples: 0 };
  const events = [...new Set(absent.flatMap((selector) => eventOf(selector) ?? []))];
  const missing = absent.filter((selector) => eventOf(selector) === undefined);
  const silent = whole.series === 0 && events.length === 0;
  if (silent && question.empty === undefined) missing.push(expression);
  if (silent && question.empty !== undefined) events.push(question.empty);
  const outcome = missing.length > 0 ? "empty" : events.length > 0 ? "awaits an event" : "answered";
  return { question, outcome, missing: [...new Set(missing)], events, samples: whole.samples };
}

const eventSeries: Readonly<Record<string, string>> = Object.assign({}, ...subjects.map((one) => one.eventSeries));

function eventOf(selector: string): string | undefined {
  const [name = ""] = metricNames(selector);
  return eventSeries[selector] ?? eventSeries[name];
}
