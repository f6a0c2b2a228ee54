import type { Label, Series } from "../queries/series";
import type { Job } from "./job";

/** A metric as one source exposes it. Interpolated into a query, it is its name. */
export interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram" | "summary";
  readonly job: Job;
  /** Labels that the program sets; those of the target come from the job. */
  readonly labels: ReadonlyMap<string, Label>;
  /**
   * The base unit of Prometheus that the values have: seconds, bytes, ratio.
   * @default the values are a plain number of things
   */
  readonly unit?: string;
  readonly help: string;
  /** Label values of a typical series, for scenarios. */
  readonly sample: Readonly<Record<string, string>>;
  /** Why the metric is catalogued although no rule or panel reads it. @default a rule or a panel must read it */
  readonly keptFor?: string;
  toString(): string;
}

/** The three counters that a histogram consists of. */
export interface Histogram {
  readonly bucket: Metric;
  readonly sum: Metric;
  readonly count: Metric;
  /** Upper bounds of the buckets, `+Inf` apart. */
  readonly bounds: readonly number[];
}

/** The two counters of a metric whose exporter computes quantiles itself. Unlike quantiles, these can be added up. */
export type Summary = Pick<Histogram, "sum" | "count">;

export interface Details {
  /** What the metric measures, in our words. */
  readonly help: string;
  /**
   * The base unit of Prometheus that the values have: seconds, bytes, ratio.
   * @default the values are a plain number of things
   */
  readonly unit?: string;
  /** All values that a label can have, by the label. @default any value */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** The label values that a typical series has, which scenarios use. @default none */
  readonly sample?: Readonly<Record<string, string>>;
  /** Why the metric is catalogued although no rule or panel reads it. @default a rule or a panel must read it */
  readonly keptFor?: string;
}

/**
 * How the metrics of one scrape job are declared. A label that some series lack ends in `?`.
 *
 *     const { counter, gauge } = source(redisJob);
 *     const responses = counter("starlette_responses_total", ["method", "path_template", "status_code"], { help: "…" });
 */
export function source(job: Job) {
  const metric = (type: Metric["type"], name: string, labels: readonly string[], details: Details): Metric => ({
    type,
    name,
    job,
    labels: labelsOf(labels, details.values),
    sample: {},
    ...details,
    toString: () => name,
  });
  return {
    counter: (name: string, labels: readonly string[], details: Details) => metric("counter", name, labels, details),
    gauge: (name: string, labels: readonly string[], details: Details) => metric("gauge", name, labels, details),
    histogram(name: string, labels: readonly string[], details: Details & { bounds: readonly number[] }): Histogram {
      const { bounds, ...rest } = details;
      const le = [...bounds.map(boundary), "+Inf"];
      const buckets = { ...rest, values: { ...rest.values, le }, sample: { ...rest.sample, le: "+Inf" } };
      return {
        bucket: metric("histogram", `${name}_bucket`, [...labels, "le"], buckets),
        sum: metric("histogram", `${name}_sum`, labels, rest),
        count: metric("histogram", `${name}_count`, labels, rest),
        bounds,
      };
    },
    summary(name: string, labels: readonly string[], details: Details): Summary {
      return {
        sum: metric("summary", `${name}_sum`, labels, details),
        count: metric("summary", `${name}_count`, labels, details),
      };
    },
  };
}

/** A bound as Prometheus writes it in `le`: always a float. */
export function boundary(bound: number): string {
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

/** The metric as the checker of queries sees it. */
export function seriesOf({ name, type, job, labels }: Metric): Series {
  return {
    metric: name,
    labels: new Map([...Object.entries(job.labels), ...labels]),
    open: false,
    kind: type === "gauge" ? "gauge" : "counter",
    interval: job.intervalSeconds,
  };
}

function labelsOf(names: readonly string[], values: Details["values"] = {}): ReadonlyMap<string, Label> {
  return new Map(
    names.map((written): [string, Label] => {
      const name = written.replace(/\?$/, "");
      const known = values[name];
      return [name, { ...(known && { values: known }), ...(written.endsWith("?") && { optional: true }) }];
    }),
  );
}
