import type { Metric } from "../../metrics/metric";
import type { Recording } from "../../metrics/recording";
import { type StoryTime, storySeconds } from "./story-time";

/** The values of one series over time: a sequence of parts, each with a duration. */
export interface Samples {
  readonly metric: Metric | Recording;
  readonly labels: Readonly<Record<string, string>>;
  readonly parts: readonly Part[];
}

export interface Part {
  readonly for: StoryTime;
  /** The value that the part starts with, and its change per second. @default there are no samples */
  readonly value?: {
    /** The value that the part starts with. @default the value at the end of the part before */
    readonly from?: number;
    readonly perSecond: number;
  };
  /** Whether Prometheus writes no staleness marker although the samples end. @default false */
  readonly unmarked?: boolean;
}

/** A series of the metric: the labels of a typical one, overridden by those given. */
export function samples(
  metric: Metric,
  parts: readonly Part[],
  labels: Readonly<Record<string, string>> = {},
): Samples {
  const { labels: target, sample } = metric.job;
  const typical = Object.entries(target).map(([label, { values }]) => [label, values?.[0] ?? sample[label] ?? ""]);
  return { metric, parts, labels: { ...Object.fromEntries(typical), ...metric.sample, ...labels } };
}

/** A series of a recording. A scenario of a week would have too many samples at the scrape interval. */
export function recordingSamples(
  metric: Recording,
  parts: readonly Part[],
  labels: Readonly<Record<string, string>> = {},
): Samples {
  return { metric, parts, labels: { ...metric.sample, ...labels } };
}

/** The value stays the same for a duration. */
export function holds(value: number, time: StoryTime): Part {
  return { for: time, value: { from: value, perSecond: 0 } };
}

/** The value rises from its current value. */
export function rises(perSecond: number, time: StoryTime): Part {
  return { for: time, value: { perSecond } };
}

/** The target is gone for a duration. Prometheus marks the series as stale, so queries notice it at once. */
export function gone(time: StoryTime): Part {
  return { for: time };
}

/** The same parts, repeated. */
export function repeatParts(parts: readonly Part[], times: number): Part[] {
  return Array.from({ length: times }, () => parts).flat();
}

/** Prometheus stores no samples for a duration, not even a staleness marker: queries return the last sample for five more minutes. */
export function lost(time: StoryTime): Part {
  return { for: time, unmarked: true };
}

/** The values in promtool's notation: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series */
export function inputSeries({ metric, labels, parts }: Samples, stepSeconds: number) {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  let current = 0;
  const values = parts.map(({ for: time, value, unmarked = false }, index) => {
    const steps = Math.round(storySeconds(time, 0) / stepSeconds);
    if (!value) return index > 0 && steps > 1 && !unmarked ? `stale _x${steps - 1}` : `_x${steps}`;
    const [start, rise] = [value.from ?? current, value.perSecond * stepSeconds];
    current = start + rise * steps;
    return `${start}${rise < 0 ? "-" : "+"}${Math.abs(rise)}x${steps - 1}`;
  });
  return { series: `${metric.name}{${pairs.join(",")}}`, values: values.join(" ") };
}
