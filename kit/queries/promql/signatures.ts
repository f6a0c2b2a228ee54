/** Types of PromQL: series with one value each, ranges of samples, a number, a text. */
export type Type = "series" | "range" | "number" | "text";

export interface Signature {
  readonly takes: readonly Type[];
  /** Number of the last arguments that may be left out. */
  readonly optional: number;
  /** Whether the last argument may be repeated. */
  readonly repeated: boolean;
  readonly gives: "series" | "number";
}

/**
 * What the functions and aggregations of Prometheus take. Aggregations are those whose first argument is a parameter; all
 * others take series.
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/
 */
export function signatureOf(name: string): Signature | undefined {
  return signatures.get(name);
}

/** Functions that Prometheus refuses unless `--enable-feature=promql-experimental-functions` is set. */
export const experimentalFunctions: ReadonlySet<string> = new Set(
  `double_exponential_smoothing end histogram_quantiles info limit_ratio limitk mad_over_time max_of min_of range
  sort_by_label sort_by_label_desc start start_timestamp step ts_of_first_over_time ts_of_last_over_time
  ts_of_max_over_time ts_of_min_over_time`.split(/\s+/),
);

const signatures = new Map<string, Signature>();

function declare(takes: string, names: string, gives: Signature["gives"] = "series"): void {
  const types = takes.split(" ").filter(Boolean);
  const signature = {
    takes: types.map((type) => type.replace(/[?…]$/, "") as Type),
    optional: types.filter((type) => /[?…]$/.test(type)).length,
    repeated: types.at(-1)?.endsWith("…") ?? false,
    gives,
  };
  for (const name of names.split(/\s+/)) signatures.set(name, signature);
}

declare(
  "series",
  `abs absent acos acosh asin asinh atan atanh avg ceil cos cosh count deg exp floor group histogram_avg histogram_count
  histogram_stddev histogram_stdvar histogram_sum ln log10 log2 max min rad sgn sin sinh sort sort_desc sqrt
  start_timestamp stddev stdvar sum tan tanh timestamp`,
);
declare(
  "range",
  `absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate
  last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time
  stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time`,
);
declare("series?", "day_of_month day_of_week day_of_year days_in_month hour minute month year");
declare("series number", "clamp_max clamp_min");
declare("series number number", "clamp");
declare("series number?", "round");
declare("number series", "bottomk histogram_quantile limit_ratio limitk quantile topk");
declare("number number series", "histogram_fraction");
declare("number range", "quantile_over_time");
declare("range number", "predict_linear");
declare("range number number", "double_exponential_smoothing");
declare("series text number number…", "histogram_quantiles");
declare("series series?", "info");
declare("text series", "count_values");
declare("series text text text text", "label_replace");
declare("series text text text…", "label_join");
declare("series text…", "sort_by_label sort_by_label_desc");
declare("number", "vector");
declare("series", "scalar", "number");
declare("", "end pi range start step time", "number");
declare("number number", "max_of min_of", "number");
