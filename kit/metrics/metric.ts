import type { Series } from "../queries/series";
import type { UnitByLabel, ValueUnit } from "../queries/units";
import type { Job } from "./job";
import type { LabelValues } from "./label-values";
import { unitOfName } from "./unit-of-name";

/** A metric of one source. Interpolated into a query, it becomes its name. */
export interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram" | "summary";
  readonly job: Job;
  /** Labels that the program sets. The labels of the target come from the job. */
  readonly labels: ReadonlyMap<string, MetricLabel>;
  /** The unit of the values. @default unknown */
  readonly unit?: ValueUnit | UnitByLabel;
  readonly help: string;
  /** Label values of a typical series, for scenarios. */
  readonly sample: Readonly<Record<string, string>>;
  /** Why the metric is catalogued although no rule or panel reads it. @default a rule or a panel must read it */
  readonly keptFor?: string;
  toString(): string;
}

/** A label that a program sets. */
export interface MetricLabel extends LabelValues {
  /** Whether some of the series lack the label. @default false */
  readonly optional?: boolean;
}

/** Values of labels, by label. A list makes the label closed: `["true", "false"]`. */
export type ValuesByLabel = Readonly<Record<string, readonly string[] | LabelValues>>;

/** The three counters of a histogram. */
export interface Histogram {
  readonly bucket: Metric;
  readonly sum: Metric;
  readonly count: Metric;
  /** Upper bounds of the buckets, `+Inf` apart. */
  readonly bounds: readonly number[];
}

/** The two counters of a metric whose exporter computes quantiles itself. Unlike quantiles, counters can be added up. */
export type Summary = Pick<Histogram, "sum" | "count">;

export interface Details {
  /** Meaning of the metric, in the project's words. */
  readonly help: string;
  /**
   * The unit of the values, if the name does not state it or is misleading; for a histogram, the unit of the observations.
   * @default the unit that the name states: `_seconds`, `_bytes`, `_ratio`, `_up`; otherwise a count
   */
  readonly unit?: ValueUnit | UnitByLabel;
  /** Values of the labels that queries match on. @default those that the source declares; no query matches on others */
  readonly values?: ValuesByLabel;
  /** Label values of a typical series, which scenarios use. @default none */
  readonly sample?: Readonly<Record<string, string>>;
  /** Why the metric is catalogued although no rule or panel reads it. @default a rule or a panel must read it */
  readonly keptFor?: string;
}

/**
 * Declares the metrics of one scrape job. A label that some series lack ends in `?`. A query can match on a label
 * only if its values are declared, for one metric or for all metrics of the source.
 *
 *     const { counter, gauge } = source(shopJob, { status_code: matching("[1-5][0-9][0-9]") });
 *     const responses = counter("http_responses_total", ["method", "route", "status_code"], { help: "…" });
 *
 * @param shared values of labels that several of the metrics have
 */
export function source(job: Job, shared: ValuesByLabel = {}) {
  const metric = (type: Metric["type"], name: string, labels: readonly string[], details: Details): Metric => ({
    type,
    name,
    job,
    labels: labelsOf(labels, { ...shared, ...details.values }),
    sample: {},
    ...details,
    toString: () => name,
  });
  return {
    counter: (name: string, labels: readonly string[], details: Details) =>
      metric("counter", name, labels, { unit: unitOfName(name), ...details }),
    gauge: (name: string, labels: readonly string[], details: Details) =>
      metric("gauge", name, labels, { unit: unitOfName(name), ...details }),
    histogram(name: string, labels: readonly string[], details: Details & { bounds: readonly number[] }): Histogram {
      const { bounds, unit = unitOfName(name), ...rest } = details;
      const le = { values: [...bounds.map(boundary), "+Inf"], ...(typeof unit === "string" && { unit }) };
      const buckets = { ...rest, values: { ...rest.values, le }, sample: { ...rest.sample, le: "+Inf" } };
      return {
        bucket: metric("histogram", `${name}_bucket`, [...labels, "le"], { ...buckets, unit: "count" }),
        sum: metric("histogram", `${name}_sum`, labels, { ...rest, ...sumUnit(unit) }),
        count: metric("histogram", `${name}_count`, labels, { ...rest, unit: "count" }),
        bounds,
      };
    },
    summary(name: string, labels: readonly string[], details: Details): Summary {
      const { unit = unitOfName(name), ...rest } = details;
      return {
        sum: metric("summary", `${name}_sum`, labels, { ...rest, ...sumUnit(unit) }),
        count: metric("summary", `${name}_count`, labels, { ...rest, unit: "count" }),
      };
    },
  };
}

/** A bound as Prometheus writes it in `le`: always a float. */
export function boundary(bound: number): string {
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

/** The metric in the form that the query checker reads. */
export function declaredSeries({ name, type, job, labels, unit }: Metric): Series {
  return {
    metric: name,
    labels: new Map([...Object.entries(job.labels), ...labels]),
    open: false,
    kind: type === "gauge" ? "gauge" : "counter",
    interval: job.intervalSeconds,
    ...(typeof unit === "string" ? { unit } : unit && { unitBy: unit }),
  };
}

/** The mean of counts is a count, not a ratio: the unit of such a sum, divided by a count, is unknown. */
function sumUnit(observed: ValueUnit | UnitByLabel): Pick<Metric, "unit"> {
  return observed === "count" ? {} : { unit: observed };
}

function labelsOf(names: readonly string[], values: ValuesByLabel): ReadonlyMap<string, MetricLabel> {
  return new Map(
    names.map((written): [string, MetricLabel] => {
      const name = written.replace(/\?$/, "");
      const known = values[name] ?? {};
      const declared = "length" in known ? { values: known } : known;
      return [name, { ...declared, ...(written.endsWith("?") && { optional: true }) }];
    }),
  );
}
