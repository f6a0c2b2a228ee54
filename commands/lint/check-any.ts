import { checkLogql } from "../../kit/queries/logql/check-logql";
import { type CheckedQuery, checkPromql } from "../../kit/queries/promql/check-promql";
import type { Vocabulary } from "../../kit/queries/series";

export interface AnyReading {
  /** The language, where the file states it. @default the language in which the query parses, PromQL first */
  readonly language?: "promql" | "logql" | undefined;
  /** Seconds between two scrapes. @default unknown, and ranges are not checked */
  readonly scrapeSeconds?: number | undefined;
}

const anyLogs = { labels: new Map(), metadata: new Map(), open: true };

/** Checks a query about programs that this project does not know, in PromQL or LogQL. */
export function checkAny(text: string, vocabulary: Vocabulary, { language, scrapeSeconds }: AnyReading): CheckedQuery {
  if (language === "logql") return checkLogql(text, anyLogs);
  const rateInterval = scrapeSeconds === undefined ? {} : { rateInterval: 4 * scrapeSeconds, scrapeSeconds };
  const metric = checkPromql(text, vocabulary, { unknownMetrics: "open", ...rateInterval });
  if (language === "promql" || !metric.findings.some(isSyntax)) return metric;
  const log = checkLogql(text, anyLogs);
  return log.findings.some(isSyntax) ? metric : log;
}

function isSyntax({ rule }: CheckedQuery["findings"][number]): boolean {
  return /^not (PromQL|LogQL): /.test(rule);
}
