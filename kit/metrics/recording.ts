import type { Fault } from "../../faults";
import { checkPromql } from "../queries/promql/check-promql";
import type { Promql } from "../queries/query";
import { queryFault } from "../queries/query-finding";
import type { Vocabulary } from "../queries/series";

/** Seconds between two evaluations of a group of alerts, and of the recordings that it reads. */
export const evaluationSeconds = 15;

/** Seconds between two values of a recording that no urgent alert reads. */
export const recordingSeconds = 60;

/** A recording rule: a series that Prometheus precomputes. Interpolated into a query, it becomes its name. */
export interface Recording {
  /** `level:metric:operations`: https://prometheus.io/docs/practices/rules/ */
  readonly name: string;
  readonly measure: Promql;
  /** Contents of the series, in the project's words. */
  readonly help: string;
  /** Rule group that records it. In a group with alerts, recordings come before the alerts that read them. */
  readonly group: string;
  /** Seconds between two values: the interval of the group. */
  readonly intervalSeconds: number;
  /** Label values of a typical series, for scenarios. */
  readonly sample: Readonly<Record<string, string>>;
  toString(): string;
}

export function recording(form: Omit<Recording, "toString">): Recording {
  return { ...form, toString: () => form.name };
}

/**
 * The vocabulary with these recordings, whose labels follow from their expressions. @param recordings in order: each
 * after those that it reads
 */
export function addRecordings(vocabulary: Vocabulary, recordings: readonly Recording[]): Vocabulary {
  const known = new Map(vocabulary);
  for (const { name, measure, intervalSeconds } of recordings) {
    const series = checkPromql(measure.text, known).series ?? [];
    known.set(
      name,
      series.map((one) => ({ ...one, metric: name, interval: intervalSeconds })),
    );
  }
  return known;
}

/** @param vocabulary with all recordings */
export function checkRecording({ name, measure, intervalSeconds }: Recording, vocabulary: Vocabulary): Fault[] {
  const place = `recording ${name}`;
  const remedy = "name it such as `job:http_requests:rate5m`";
  const named = /^[a-z_]+:[a-z_]+:[a-z0-9_]+$/.test(name);
  const interval = "write it in seconds, such as `recordingSeconds`";
  return [
    ...(Number.isInteger(intervalSeconds) && intervalSeconds > 0
      ? []
      : [
          {
            place,
            rule: "must have an interval of whole seconds above 0",
            value: `${intervalSeconds}`,
            remedy: interval,
          },
        ]),
    ...(named ? [] : [{ place, rule: "must be named level:metric:operations", value: name, remedy }]),
    ...checkPromql(measure.text, vocabulary).findings.map((finding) => queryFault(place, measure.text, finding)),
  ];
}
