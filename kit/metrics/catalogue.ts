import type { Label, Series, Vocabulary } from "../queries/series";
import { prometheusMetric } from "./check-evidence";
import type { Job } from "./job";
import { declaredSeries, type Histogram, type Metric, type Summary } from "./metric";
import { addRecordings, type Recording } from "./recording";
import { distinctJobs, targetMetrics } from "./target-metrics";

/** Metrics of one subject, by the names that queries use for them in TypeScript. */
export type MetricSet = Readonly<Record<string, Metric | Histogram | Summary>>;

/** All metrics that can be queried in one environment. */
export interface Catalogue {
  readonly metrics: readonly Metric[];
  /** Recordings, each after those that it reads. */
  readonly recordings: readonly Recording[];
  /** Jobs with at least one catalogued metric. */
  readonly jobs: readonly Job[];
  /** The vocabulary that queries are checked against. */
  readonly vocabulary: Vocabulary;
}

/** Values by label. */
type Values = Readonly<Record<string, readonly string[]>>;

/**
 * @param recordings each after those that it reads
 * @param named values that queries may name in addition to those that open labels declare
 */
export function catalogue(sets: readonly MetricSet[], recordings: readonly Recording[], named: Values = {}): Catalogue {
  const declared = sets.flatMap((set) => Object.values(set)).flatMap(metricsIn);
  const metrics = [...declared, ...targetMetrics(declared)];
  return {
    metrics,
    recordings,
    jobs: distinctJobs(declared),
    vocabulary: addRecordings(vocabularyOf(metrics, named), recordings),
  };
}

/** Names of the metrics that a job exposes and the catalogue lists, sorted. */
export function namesOf({ metrics }: Pick<Catalogue, "metrics">, job: Job): string[] {
  const exposed = metrics.filter((metric) => metric.job.name === job.name && !prometheusMetric.test(metric.name));
  return [...new Set(exposed.map(({ name }) => name))].sort();
}

function metricsIn(declared: Metric | Histogram | Summary): Metric[] {
  if ("bucket" in declared) return [declared.bucket, declared.sum, declared.count];
  return "sum" in declared ? [declared.sum, declared.count] : [declared];
}

function vocabularyOf(metrics: readonly Metric[], named: Values): Vocabulary {
  const found = new Map<string, Series[]>();
  for (const metric of metrics) {
    const series = withNamed(declaredSeries(metric), named);
    found.set(metric.name, [...(found.get(metric.name) ?? []), series]);
  }
  return found;
}

/** The series with more values of the open labels whose values are listed. */
function withNamed(series: Series, added: Values): Series {
  const labels = Object.entries(added).flatMap(([name, values]): [string, Label][] => {
    const label = series.labels.get(name);
    return label?.named ? [[name, { ...label, named: [...label.named, ...values] }]] : [];
  });
  return labels.length === 0 ? series : { ...series, labels: new Map([...series.labels, ...labels]) };
}
