import { seriesKey } from "../../../kit/metrics/exposition";
import type { ContractMetric } from "../contract";
import type { Finding, Rule } from "../rule";
import type { Family } from "./scrape";

export const metricBuckets: Rule = {
  name: "metric-buckets",
  title: "histograms have the buckets of the contract, and the latency threshold is one of them",
  async check(run) {
    const families = await run.families();
    const { latencyThresholdSeconds, profiles } = run.contract.http;
    const profile = await run.profile();
    const duration = profile === undefined ? undefined : profiles[profile]?.duration;
    return (await run.metrics()).flatMap((metric) => {
      const family = families.get(metric.name);
      if (metric.buckets === undefined || family?.type !== "histogram") return [];
      const threshold = metric.name === duration ? latencyThresholdSeconds : undefined;
      return [...boundFindings(metric, family, threshold), ...sumFindings(metric, family)];
    });
  },
};

function boundFindings(
  { name, buckets = [] }: ContractMetric,
  { samples }: Family,
  threshold: number | undefined,
): readonly Finding[] {
  const bounds = new Set(samples.flatMap(({ labels: { le } }) => (le === undefined ? [] : Number(le))));
  const found = [...bounds].sort((one, other) => one - other).join(", ") || "no bucket";
  if (threshold !== undefined && !bounds.has(threshold)) {
    return [
      {
        expected: `${name} has a bucket with the bound ${threshold}, the threshold of the latency objective`,
        found,
        remedy: `add ${threshold} to the buckets, or set \`erp.slos.latency.threshold\` to one of them and write the contract again`,
      },
    ];
  }
  // Series of a histogram that counts nothing yet do not exist.
  const missing = samples.length === 0 ? [] : buckets.filter((bound) => !bounds.has(bound));
  if (missing.length === 0) return [];
  return [{ expected: `${name} has the bounds ${buckets.join(", ")}`, found, remedy: `add ${missing.join(", ")}` }];
}

/** Buckets are cumulative, and the last one contains all observations. */
function sumFindings({ name }: ContractMetric, { samples }: Family): readonly Finding[] {
  const counts = new Map(
    samples.filter((sample) => sample.name === `${name}_count`).map((sample) => [seriesKey(sample), sample.value]),
  );
  const series = new Map<string, [bound: number, value: number][]>();
  for (const { name: given, labels, value } of samples) {
    const { le, ...rest } = labels;
    if (given !== `${name}_bucket` || le === undefined) continue;
    const key = seriesKey({ name: `${name}_count`, labels: rest });
    series.set(key, [...(series.get(key) ?? []), [Number(le.replace("+Inf", "Infinity")), value]]);
  }
  const isWrong = ([key, buckets]: readonly [string, [number, number][]]) => {
    const values = buckets.sort(([one], [other]) => one - other).map(([, value]) => value);
    return buckets.at(-1)?.[0] !== Infinity || values.at(-1) !== counts.get(key) || !isRising(values);
  };
  const wrong = [...series].filter(isWrong);
  if (wrong.length === 0) return [];
  return [
    {
      expected: `the buckets of ${name} are cumulative, and the bucket +Inf is equal to ${name}_count`,
      found: `${wrong.length} of ${series.size} series differ`,
      remedy: "use a histogram of the client library",
    },
  ];
}

function isRising(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0));
}
