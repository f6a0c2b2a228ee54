import type { Recording } from "../metrics/recording";
import { metricNames } from "../queries/promql/metric-names";
import type { Alert } from "./alert";

/** The recordings that an alert reads directly or through others, in their order, without those that its scenarios supply. */
export function recordingsReadBy({ expression, scenarios }: Alert, all: readonly Recording[]): readonly Recording[] {
  const given = new Set(
    Object.values(scenarios).flatMap((scenario) => scenario.given.map(({ metric }) => metric.name)),
  );
  const recordings = all.filter(({ name }) => !given.has(name));
  return recordings.reduceRight<{ readonly names: ReadonlySet<string>; readonly read: readonly Recording[] }>(
    ({ names, read }, one) =>
      names.has(one.name)
        ? { names: new Set([...names, ...metricNames(one.measure.text)]), read: [one, ...read] }
        : { names, read },
    { names: metricNames(expression.text), read: [] },
  ).read;
}
