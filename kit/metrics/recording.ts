import type { Fault } from "../../faults";
import { evaluationSeconds, jobs } from "../../metrics/jobs";
import { faultOf } from "../queries/finding";
import { checkPromql } from "../queries/promql/check-promql";
import type { Promql } from "../queries/query";
import type { Vocabulary } from "../queries/series";

/** What Prometheus computes ahead, under a name of ours. Interpolated into a query, it is its name. */
export interface Recording {
  /** `level:metric:operations`: https://prometheus.io/docs/practices/rules/ */
  readonly name: string;
  readonly measure: Promql;
  /** What it says, in our words. */
  readonly help: string;
  /** Topic of the alerts that read it: recorded before them and as often. @default each minute, by itself */
  readonly topic?: string;
  toString(): string;
}

/** Seconds between two values that are recorded by themselves. */
export const recordingSeconds = 60;

/** Between the samples of so long a window there is a minute: what is counted in it is in no other, and none is lost. */
export const aroundMinute = `${recordingSeconds + jobs.erpApi.intervalSeconds}s`;

export function recording(given: Omit<Recording, "toString">): Recording {
  return { ...given, toString: () => given.name };
}

/** What can be asked once these are recorded: their labels follow from what they measure. One may read an earlier one. */
export function withRecordings(vocabulary: Vocabulary, recordings: readonly Recording[]): Vocabulary {
  const known = new Map(vocabulary);
  for (const { name, measure, topic } of recordings) {
    const series = checkPromql(measure.text, known).series ?? [];
    const interval = topic === undefined ? recordingSeconds : evaluationSeconds;
    known.set(
      name,
      series.map((one) => ({ ...one, metric: name, interval })),
    );
  }
  return known;
}

/** @param vocabulary with all recordings */
export function checkRecording({ name, measure }: Recording, vocabulary: Vocabulary): Fault[] {
  const place = `recording ${name}`;
  const remedy = "name it such as `erp:http_requests:increase1m`";
  const named = /^[a-z_]+:[a-z_]+:[a-z0-9_]+$/.test(name);
  return [
    ...(named ? [] : [{ place, rule: "must be named level:metric:operations", value: name, remedy }]),
    ...checkPromql(measure.text, vocabulary).findings.map((finding) => faultOf(place, measure.text, finding)),
  ];
}
