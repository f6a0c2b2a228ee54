import { type Recording, recordingSeconds } from "../../kit/metrics/recording";
import { inSeconds } from "../../kit/queries/duration";
import { type Promql, promql } from "../../kit/queries/query";
import type { Environment } from "../../settings/environment";
import { alertRecording, aroundMinute, erpRecording } from "../erp-api/erp-recording";
import type { HttpProfile } from "../erp-api/http-profile";

/** Windows over which alerts evaluate an objective. */
export const windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"] as const;
export type Window = (typeof windows)[number];

/** Number of requests by window. `period` is the period over which an objective must be met. */
export interface Counts extends Readonly<Record<Window | "period", Recording>> {
  /** Requests per minute, which the long windows add up. */
  readonly minute: Recording;
}

/** The requests that an objective covers, and those of them that miss it. */
export interface Tally {
  readonly all: Counts;
  readonly missed: Counts;
}

export interface Tallies {
  readonly availability: Tally;
  readonly latency: Tally;
}

export function httpTallies(http: HttpProfile, { availability, latency }: Environment["erp"]["slos"]): Tallies {
  const { threshold } = latency;
  const requests = counts(availability.window, {
    name: "erp:http_requests",
    what: "Requests that the ERP finished",
    perSecond: (window) => http.requests(window),
  });
  const failures = counts(availability.window, {
    name: "erp:http_failures",
    what: "Requests that failed",
    perSecond: (window) => http.failures(window),
    // A library that has seen no failure exposes no series of failures, instead of 0.
    of: requests,
  });
  const timed = counts(latency.window, {
    name: "erp:http_timed",
    what: "Requests whose duration was measured",
    perSecond: (window) => http.timed(window),
  });
  const slow = counts(latency.window, {
    name: "erp:http_slow",
    what: `Requests that took longer than ${threshold} s`,
    perSecond: (window) => http.slow(window, threshold),
  });
  return { availability: { all: requests, missed: failures }, latency: { all: timed, missed: slow } };
}

/** All recordings of the tallies, each after those that it reads. */
export function tallyRecordings({ availability, latency }: Tallies): readonly Recording[] {
  return [availability, latency].flatMap(({ all, missed }) => [all, missed].flatMap((counts) => Object.values(counts)));
}

/**
 * Longest window that is computed from the counters. For longer ones, Prometheus would read millions of samples at
 * every evaluation.
 */
const longestCounterWindow = inSeconds("6h");

interface Counted {
  readonly name: string;
  readonly what: string;
  perSecond(window: string): Promql;
  /**
   * The counts of a larger set of requests. Where these have a value and the counted ones have none, the count is 0.
   * @default the counts have no value where there are no requests
   */
  readonly of?: Counts;
}

function counts(period: string, { name, what, perSecond, of }: Counted): Counts {
  const tallyOver = (seconds: number, window: string, among?: Recording) => {
    const sum = promql`${seconds} * sum by (namespace) (${perSecond(window)})`;
    return among ? promql`${sum} or 0 * ${among}` : sum;
  };
  const minute = erpRecording({
    name: `${name}:increase1m`,
    help: `${what} in a minute.`,
    measure: tallyOver(recordingSeconds, aroundMinute, of?.minute),
  });
  const tallyRecording = (window: string, among?: Recording) => {
    const described = { name: `${name}:increase${window}`, help: `${what} in ${window}.` };
    const seconds = inSeconds(window);
    return seconds <= longestCounterWindow
      ? alertRecording({ ...described, measure: tallyOver(seconds, window, among) }, "erp-slo")
      : erpRecording({ ...described, measure: promql`sum_over_time(${minute}[${window}])` });
  };
  const byWindow = windows.map((window) => [window, tallyRecording(window, of?.[window])]);
  return { minute, ...(Object.fromEntries(byWindow) as Record<Window, Recording>), period: tallyRecording(period) };
}
