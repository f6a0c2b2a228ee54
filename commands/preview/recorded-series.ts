export type Labels = Readonly<Record<string, string>>;

/** A series of Prometheus. */
export interface RecordedSeries {
  /** With `__name__`. */
  readonly labels: Labels;
  readonly samples: readonly Sample[];
}

/** Undefined is a staleness marker: the series ends or pauses. */
export interface Sample {
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly value: number | undefined;
}

/** A series in the file of a recording. */
export interface EncodedSeries {
  readonly labels: Labels;
  /** Index of the times of the samples. */
  readonly clock: number;
  /** The values as they are. @default all values are integers, and written as `steps` */
  readonly values?: readonly Value[];
  /** The first value, and the difference of each to the one before it. @default some value is no integer */
  readonly steps?: readonly Value[];
}

/** JSON has no infinity and no NaN: both are strings here. Null is a staleness marker. */
type Value = number | string | null;

interface EncodedSeriesList {
  /** Milliseconds: the first since the begin of the recording, the others since the one before them. */
  readonly clocks: readonly (readonly number[])[];
  readonly series: readonly EncodedSeries[];
}

/** Series of one target have the same times, and most values are integers that change little. */
export function encodeSeries(series: readonly RecordedSeries[], begin: number): EncodedSeriesList {
  const clocks = new Map<string, { readonly index: number; readonly steps: readonly number[] }>();
  const encoded = series.map(({ labels, samples }) => {
    const steps = differences(samples.map(({ time }) => time - begin));
    const key = steps.join();
    const clock = clocks.get(key) ?? { index: clocks.size, steps };
    clocks.set(key, clock);
    return { labels, clock: clock.index, ...encodeValues(samples.map(({ value }) => value)) };
  });
  return { clocks: [...clocks.values()].map(({ steps }) => steps), series: encoded };
}

export function decodeSeries({ clocks, series }: EncodedSeriesList, begin: number): readonly RecordedSeries[] {
  const times = clocks.map((steps) => sums(steps).map((time) => time + begin));
  return series.map(({ labels, clock, values, steps }) => {
    const decoded = values?.map(decodeValue) ?? integers(steps ?? []);
    const samples = decoded.map((value, index): Sample => ({ time: times[clock]?.[index] ?? Number.NaN, value }));
    return { labels, samples };
  });
}

type Values = readonly (number | undefined)[];

function encodeValues(values: Values): Pick<EncodedSeries, "values" | "steps"> {
  if (!values.every((value) => value === undefined || Number.isSafeInteger(value))) {
    return { values: values.map(encodeValue) };
  }
  let before = 0;
  const steps = values.map((value) => {
    if (value === undefined) return null;
    const step = value - before;
    before = value;
    return step;
  });
  return { steps };
}

function integers(steps: readonly Value[]): Values {
  let sum = 0;
  return steps.map((step) => {
    if (step === null) return undefined;
    sum += Number(step);
    return sum;
  });
}

/** The value in a form that JSON supports. */
export function encodeValue(value: number | undefined): Value {
  if (value === undefined) return null;
  return Number.isFinite(value) ? value : String(value);
}

function decodeValue(value: Value): number | undefined {
  return value === null ? undefined : Number(value);
}

function differences(numbers: readonly number[]): readonly number[] {
  return numbers.map((number, index) => number - (numbers[index - 1] ?? 0));
}

function sums(steps: readonly number[]): readonly number[] {
  let sum = 0;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
}
