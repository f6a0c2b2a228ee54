/** What is known of a label: the values that it can have (absent: any), and whether it may be missing. */
export interface Label {
  readonly values?: readonly string[];
  readonly optional?: boolean;
}

/** A group of like series: what one source gives under a metric's name, or one branch of what an expression yields. */
export interface Series {
  readonly labels: ReadonlyMap<string, Label>;
  /** There may be labels besides those. */
  readonly open: boolean;
  /** `counter`: cumulative, only its change means something; also the buckets, sum and count of a histogram. */
  readonly kind: "counter" | "gauge" | "unknown";
  /** The metric that it comes from, for messages. */
  readonly metric?: string;
  /** Seconds between two samples. */
  readonly interval?: number;
}

/** Every metric that may be asked for by name, with its sources. */
export type Vocabulary = ReadonlyMap<string, readonly Series[]>;

/** Names among which several groups of series agree or differ. */
export function labelNames(series: readonly Series[]): string[] {
  return [...new Set(series.flatMap(({ labels }) => [...labels.keys()]))];
}

/** No group has the label, and none could. */
export function lacks(series: readonly Series[], name: string): boolean {
  return series.every(({ labels, open }) => !open && !labels.has(name));
}

/** The groups without those that say the same. */
export function distinct(series: readonly Series[]): readonly Series[] {
  if (series.length < 2) return series;
  const seen = new Map(
    series.map((one) => [JSON.stringify([[...one.labels].sort(), one.open, one.kind, one.metric]), one]),
  );
  return [...seen.values()];
}

const sayings = new WeakMap<readonly Series[], string>();

/** All that the groups say, as text: where it is the same, no query can tell them apart. */
export function saying(series: readonly Series[] | undefined): string {
  if (!series) return "unknown";
  const known = sayings.get(series) ?? JSON.stringify(series.map((one) => ({ ...one, labels: [...one.labels] })));
  sayings.set(series, known);
  return known;
}
