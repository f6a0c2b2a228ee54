import { logqlReach } from "../queries/logql/reach";
import { metricNames } from "../queries/promql/metric-names";
import { promqlReach } from "../queries/promql/reach";
import type { Query } from "../queries/query";
import type { Recording } from "./recording";

/** How long an environment keeps its data, in seconds. */
export interface Retention {
  readonly samples: number;
  readonly logLines: number;
}

/** A query as text, with its language. */
type Asked = Pick<Query, "language" | "text">;

/** What an environment can answer from the data that it keeps. */
export interface Kept {
  /** The recordings that read no older data than the environment keeps. */
  readonly recordings: readonly Recording[];
  /** The other recordings. A series of them would never have a value. */
  readonly unkeptRecordings: readonly Recording[];
  /** Age of the oldest data that a query needs, in seconds; of the recordings that it reads, if these do not exist. */
  ageNeeded(query: Asked): number;
  /** Whether the data that a query needs is still kept. */
  isKept(query: Asked): boolean;
}

/** @param recordings in order: each after those that it reads */
export function keptData(retention: Retention, recordings: readonly Recording[]): Kept {
  const unkept = new Map<string, number>();
  const ageNeeded = ({ language, text }: Asked) =>
    language === "logql"
      ? logqlReach(text)
      : Math.max(promqlReach(text), ...[...metricNames(text)].map((name) => unkept.get(name) ?? 0));
  const isKept = (query: Asked) =>
    ageNeeded(query) <= (query.language === "logql" ? retention.logLines : retention.samples);
  for (const { name, measure } of recordings) if (!isKept(measure)) unkept.set(name, ageNeeded(measure));
  return {
    recordings: recordings.filter(({ name }) => !unkept.has(name)),
    unkeptRecordings: recordings.filter(({ name }) => unkept.has(name)),
    ageNeeded,
    isKept,
  };
}
