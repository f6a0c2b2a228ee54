import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { prometheusMetric } from "../../kit/metrics/check-evidence";
import type { Metric } from "../../kit/metrics/metric";
import { readEvidence } from "../../kit/metrics/read-evidence";
import { type Matcher, satisfies } from "../../kit/queries/matching";
import { selectors } from "../../kit/queries/promql/selectors";
import { alternatives } from "../../kit/queries/regular-expression";
import type { Environment } from "../../settings/environment";

type Labels = Readonly<Record<string, string>>;

/** A series that Prometheus would store. */
export interface StoredSeries {
  readonly metric: string;
  readonly labels: Labels;
  /** Whether the value only increases. */
  readonly grows: boolean;
}

const folder = join(__dirname, "..", "..", "metrics", "evidence");
const evidence = readdirSync(folder)
  .filter((file) => file.endsWith(".prom"))
  .map((file) => readEvidence(readFileSync(join(folder, file), "utf8")));

/** The metrics of an environment, and the profile of the ERP that exposed its HTTP metrics. */
export interface Exposed {
  readonly metrics: readonly Metric[];
  readonly profile: Environment["erp"]["httpMetrics"];
}

/** The series of the catalogue that the real programs exposed, with the labels that their jobs add. */
export function evidenceSeries({ metrics, profile }: Exposed): readonly StoredSeries[] {
  return metrics.flatMap((metric) =>
    samplesOf(metric, profile).map((labels) => storedSeries(metric, { ...labelsOfTarget(metric), ...labels })),
  );
}

/**
 * A matching series for each selector of a query. The evidence is an excerpt: of a label with many values, such as
 * `namespace`, it keeps only a few.
 */
export function selectedSeries({ metrics, profile }: Exposed, query: string): readonly StoredSeries[] {
  return selectors(query).flatMap(({ name, matchers }) =>
    metrics
      .filter((metric) => metric.name === name)
      .flatMap((metric) => {
        const [scraped = {}] = samplesOf(metric, profile);
        const typical = { ...labelsOfTarget(metric), ...scraped, ...metric.sample };
        const labels = matchers.reduce(satisfy, typical);
        return matchers.every((matcher) => satisfies(matcher, labels[matcher.label] ?? ""))
          ? [storedSeries(metric, labels)]
          : [];
      }),
  );
}

function storedSeries({ name, type }: Metric, labels: Labels): StoredSeries {
  return { metric: name, labels, grows: type !== "gauge" };
}

function samplesOf({ name, job }: Metric, profile: string): readonly Labels[] {
  if (prometheusMetric.test(name)) return [{}];
  const sources = evidence.filter(({ source }) => source === job.name || source === profile);
  return sources.find(({ samples }) => samples.has(name))?.samples.get(name) ?? [];
}

function labelsOfTarget({ job }: Metric): Labels {
  const values = Object.entries(job.labels).map(([label, { values = [] }]) => [
    label,
    values[0] ?? job.sample[label] ?? "",
  ]);
  return Object.fromEntries(values);
}

/** The labels, changed if a matcher needs another value. Labels of the target do not change. */
function satisfy(labels: Labels, matcher: Matcher): Labels {
  const { label, operator, value } = matcher;
  const asked = operator === "=" ? [value] : alternatives(value).map((one) => one.replaceAll(".", "0"));
  const found = [labels[label], ...asked, "other"].find((one = "") => satisfies(matcher, one));
  return label === "job" || found === undefined ? labels : { ...labels, [label]: found };
}
