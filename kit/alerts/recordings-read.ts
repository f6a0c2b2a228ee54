import type { Recording } from "../metrics/recording";
import { metricNames } from "../queries/promql/metric-names";
import type { Alert } from "./alert";
import { expandStory } from "./stories/expanded-story";

/** The recordings that an alert reads directly or through others, in order, without those that its scenarios supply. */
export function recordingsReadBy(alert: Alert, all: readonly Recording[]): readonly Recording[] {
  const stories = Object.values(alert.scenarios);
  const given = new Set(stories.flatMap((story) => expandStory(story, alert).given.map(({ metric }) => metric.name)));
  const recordings = all.filter(({ name }) => !given.has(name));
  return recordings.reduceRight<{ readonly names: ReadonlySet<string>; readonly read: readonly Recording[] }>(
    ({ names, read }, one) =>
      names.has(one.name)
        ? { names: new Set([...names, ...metricNames(one.measure.text)]), read: [one, ...read] }
        : { names, read },
    { names: metricNames(alert.expression.text), read: [] },
  ).read;
}
