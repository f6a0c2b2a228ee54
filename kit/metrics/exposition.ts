/** A sample of a scrape. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Number of its line, from 1. */
  readonly line: number;
}

/** A line that the format does not allow. */
export interface InvalidLine {
  /** Number of the line, from 1. */
  readonly line: number;
  /** The rule that the line breaks, as a sentence without a full stop. */
  readonly rule: string;
}

/** The content of a scrape. */
export interface Exposition {
  /** Types by name, from `# TYPE`; histograms and summaries under their name without suffix. */
  readonly types: ReadonlyMap<string, string>;
  readonly samples: readonly Sample[];
  readonly invalid: readonly InvalidLine[];
}

/** The formats in which a program can expose metrics to Prometheus. */
export type ExpositionFormat = "text" | "openmetrics";

/**
 * Reads a scrape. Lines that the format does not allow are listed, and skipped.
 *
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function parseExposition(text: string, format: ExpositionFormat = "text"): Exposition {
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  const invalid: InvalidLine[] = [];
  const seen = new Set<string>();
  const lines = text.split("\n");
  const end = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  if (end === lines.length) invalid.push({ line: end, rule: "the last line must end with a line break" });
  for (const [index, content] of lines.slice(0, end).entries()) {
    const line = index + 1;
    const refuse = (rule: string) => void invalid.push({ line, rule });
    if (content.startsWith("#") || content.trim() === "") {
      const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(content) ?? [];
      if (name === undefined || type === undefined) continue;
      if (types.has(name)) refuse(`${name} must have only one TYPE`);
      types.set(name, type);
      continue;
    }
    const sample = parseSample(content, format);
    if (typeof sample === "string") {
      refuse(sample);
      continue;
    }
    const series = seriesKey(sample);
    if (seen.has(series)) refuse(`${sample.name} must not have two samples with the same labels`);
    seen.add(series);
    samples.push({ ...sample, line });
  }
  if (format === "openmetrics" && lines[end - 1] !== "# EOF") {
    invalid.push({ line: end, rule: "the last line must be `# EOF`" });
  }
  return { types, samples, invalid };
}

/** The family that a sample belongs to: `x` for `x_bucket` of a histogram, and for `x_total` in OpenMetrics. */
export function familyOf(name: string, types: ReadonlyMap<string, string>): string {
  if (types.has(name)) return name;
  const family = name.replace(/_(?:bucket|sum|count|total|created|info|gsum|gcount)$/, "");
  return types.has(family) ? family : name;
}

/** A text that is the same for samples of the same series. */
export function seriesKey({ name, labels }: Pick<Sample, "name" | "labels">): string {
  const names = Object.keys(labels).sort();
  return `${name}{${names.map((label) => `${label}=${JSON.stringify(labels[label])}`).join()}}`;
}

/** Labels from the text between the braces of a sample. */
export function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  if (text === "") return labels;
  for (const [, name = "", value = ""] of text.matchAll(/(\w+)="((?:\\.|[^"\\])*)"/g)) labels[name] = plainValue(value);
  return labels;
}

const escapes: Readonly<Record<string, string>> = { n: "\n" };

function plainValue(value: string): string {
  if (!value.includes("\\")) return value;
  return value.replace(/\\(["\\n])/g, (_, escaped: string) => escapes[escaped] ?? escaped);
}

const label = String.raw`[a-zA-Z_]\w*="(?:\\["\\n]|[^"\\])*"`;
const labelSet = String.raw`\{((?:${label}(?:,${label})*,?)?)\}`;
const number = String.raw`[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[Ii]nf|[Nn]a[Nn])`;
const exemplar = String.raw`(?: # \{(?:${label}(?:,${label})*)?\} ${number}(?: ${number})?)?`;
const patterns: Readonly<Record<ExpositionFormat, RegExp>> = {
  // The text format allows any blanks between the parts.
  text: new RegExp(String.raw`^([a-zA-Z_:][\w:]*)[ \t]*(?:${labelSet})?[ \t]+(${number})(?:[ \t]+-?\d+)?[ \t]*$`),
  openmetrics: new RegExp(String.raw`^([a-zA-Z_:][\w:]*)(?:${labelSet})? (${number})(?: ${number})?${exemplar}$`),
};

/** @returns the rule that the line breaks, if it is no sample. */
function parseSample(line: string, format: ExpositionFormat): Omit<Sample, "line"> | string {
  const [, name, labels = "", value = ""] = patterns[format].exec(line) ?? [];
  if (name === undefined) return "must be a comment, or a name with labels and a number";
  return { name, labels: labelsOf(labels), value: Number(value.replace(/inf$/i, "Infinity")) };
}
