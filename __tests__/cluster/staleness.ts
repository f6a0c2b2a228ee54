import type { RecordedSeries, Sample } from "../../commands/preview/recorded-series";
import { scrapeSeconds } from "../../dashboards/grafana/data-sources";
import type { RuleGroup } from "../../kit/alerts/rule-group";

/**
 * Adds the staleness markers that Prometheus wrote and that its HTTP API does not return. A series pauses where its
 * target was scraped, or its rule group was evaluated, without the series. It ends where its target ends.
 *
 * @param series all series of the same time, including `up` of every target
 * @param groups the rule groups that wrote some of the series
 * @param to when the samples end, in milliseconds since 1970
 */
export function withStaleness(
  series: readonly RecordedSeries[],
  groups: readonly RuleGroup[],
  to: number,
): RecordedSeries[] {
  const sourceOf = sources(groups);
  const clocks = clocksOf(series, sourceOf);
  return series.map((one) => {
    const clock = clocks.get(sourceOf(one)) ?? clockOf(one.samples.map(({ time }) => time));
    return { ...one, samples: withMarkers(one.samples, clock, to) };
  });
}

/** The times at which a target was scraped or a rule group was evaluated, in milliseconds. */
interface Clock {
  readonly times: readonly number[];
  readonly interval: number;
  readonly isOfRules: boolean;
}

/** Identifies the target or the rule group of a series. */
type SourceOf = (series: RecordedSeries) => string;

/** Prefix of the names of rule groups. The names of targets are JSON. */
const ofRules = "rules ";

function sources(groups: readonly RuleGroup[]): SourceOf {
  const rules = groups.flatMap(({ name, rules }) =>
    rules.map((rule): [string, string] => ["record" in rule ? rule.record : rule.alert, ofRules + name]),
  );
  const groupOf = new Map(rules);
  return ({ labels: { __name__: name = "", alertname = "", job, instance, metrics_path: path } }) =>
    groupOf.get(name === "ALERTS" ? alertname : name) ?? JSON.stringify([job, instance, path]);
}

function clocksOf(series: readonly RecordedSeries[], sourceOf: SourceOf): ReadonlyMap<string, Clock> {
  const times = new Map<string, Set<number>>();
  for (const one of series) {
    const source = sourceOf(one);
    if (one.labels.__name__ !== "up" && !source.startsWith(ofRules)) continue;
    const found = times.get(source) ?? new Set();
    for (const { time } of one.samples) found.add(time);
    times.set(source, found);
  }
  return new Map([...times].map(([source, found]) => [source, clockOf([...found], source.startsWith(ofRules))]));
}

function clockOf(unordered: readonly number[], isOfRules = false): Clock {
  const times = unordered.toSorted((one, other) => one - other);
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const [interval = scrapeSeconds * 1000] = steps.toSorted((one, other) => one - other).slice(steps.length >> 1);
  return { times, interval, isOfRules };
}

function withMarkers(samples: readonly Sample[], { times, interval, isOfRules }: Clock, to: number): readonly Sample[] {
  const scrapes = new Set(times);
  return samples.flatMap((sample, index) => {
    const next = samples[index + 1]?.time;
    const end = next ?? to;
    // An exporter that sets timestamps itself may repeat a timestamp in several scrapes.
    const longest = scrapes.has(sample.time) ? 1.5 * interval : 4 * interval;
    if (end - sample.time < longest) return [sample];
    // A rule group is evaluated all the time, but a busy Prometheus can skip an evaluation.
    if (isOfRules && end - sample.time > 2.5 * interval) return [sample, markerAfter(sample, interval)];
    // On a busy machine, a scrape can be a little early.
    const missed = times.find((time) => time > sample.time + 0.9 * interval && time < end);
    if (missed !== undefined) return [sample, { time: missed, value: undefined }];
    return next === undefined ? [sample, markerAfter(sample, interval)] : [sample];
  });
}

function markerAfter({ time }: Sample, interval: number): Sample {
  return { time: time + interval, value: undefined };
}
