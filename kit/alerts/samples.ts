import type { Metric } from "../metrics/metric";
import type { Recording } from "../metrics/recording";
import { inSeconds } from "../queries/duration";

/** How one series goes on: part after part, each for a time. */
export interface Samples {
  readonly metric: Metric | Recording;
  readonly labels: Readonly<Record<string, string>>;
  readonly parts: readonly Part[];
}

export interface Part {
  readonly for: string;
  /** Absent: nothing is scraped. */
  readonly value?: { readonly from?: number; readonly perSecond: number };
  /** Nothing says that it ended. */
  readonly unmarked?: boolean;
}

/** A series of the metric with the labels of a typical one, but for those given. */
export function samples(
  metric: Metric,
  parts: readonly Part[],
  labels: Readonly<Record<string, string>> = {},
): Samples {
  const { name, labels: target } = metric.job;
  const typical = { namespace: "erp", pod: `${name}-0`, instance: "10.0.0.1:8000", service: name, node: "node" };
  const fixed = Object.entries(target).map(([label, { values }]) => [
    label,
    values?.[0] ?? typical[label as keyof typeof typical] ?? "",
  ]);
  return { metric, parts, labels: { ...Object.fromEntries(fixed), ...metric.sample, ...labels } };
}

/** A recording as it was made: with it a story can tell of a week, which would be long at the pace of scrapes. */
export function recorded(
  metric: Recording,
  parts: readonly Part[],
  labels: Readonly<Record<string, string>> = {},
): Samples {
  return { metric, parts, labels: { namespace: "erp", ...labels } };
}

/** The value stays for a time. */
export function holds(value: number, time: string): Part {
  return { for: time, value: { from: value, perSecond: 0 } };
}

/** A counter goes on rising from where it is. */
export function rises(perSecond: number, time: string): Part {
  return { for: time, value: { perSecond } };
}

/** The target is not there for a time: after samples that is said by a marker, so that it shows at once. */
export function isGone(time: string): Part {
  return { for: time };
}

/** The same parts again and again. */
export function repeated(parts: readonly Part[], times: number): Part[] {
  return Array.from({ length: times }, () => parts).flat();
}

/** Prometheus stores nothing for a time, no marker either: the last sample is shown for five minutes more. */
export function isLost(time: string): Part {
  return { for: time, unmarked: true };
}

/** How long the longest series goes on, in seconds. */
export function length(given: readonly Samples[]): number {
  return Math.max(0, ...given.map(({ parts }) => parts.reduce((sum, part) => sum + inSeconds(part.for), 0)));
}

/** In promtool's notation: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series */
export function inputSeries({ metric, labels, parts }: Samples, stepSeconds: number) {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  let reached = 0;
  const values = parts.map(({ for: time, value, unmarked = false }, index) => {
    const steps = Math.round(inSeconds(time) / stepSeconds);
    if (!value) return index > 0 && steps > 1 && !unmarked ? `stale _x${steps - 1}` : `_x${steps}`;
    const [start, rise] = [value.from ?? reached, value.perSecond * stepSeconds];
    reached = start + rise * steps;
    return `${start}${rise < 0 ? "-" : "+"}${Math.abs(rise)}x${steps - 1}`;
  });
  return { series: `${metric.name}{${pairs.join(",")}}`, values: values.join(" ") };
}
