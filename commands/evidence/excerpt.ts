import { labelsOf } from "../../kit/metrics/exposition";

type Labels = Readonly<Record<string, string>>;

/** A series of a metric: a sample, or all samples of one histogram or summary. */
interface Series {
  readonly labels: Labels;
  readonly lines: string[];
}

interface Family {
  readonly name: string;
  readonly comments: string[];
  readonly series: Map<string, Series>;
}

/** A label with more values than this identifies objects, such as pods, users or queries, unless it is closed. */
const mostValues = 8;

/** The series of a scrape that are kept. */
export interface Selection {
  /** Whether a series can be kept. @default every series can */
  readonly wanted?: (labels: Labels) => boolean;
  /**
   * Whether a catalogue lists the values of a label, so that all of them are kept.
   * @default no catalogue lists values
   */
  readonly isClosed?: IsClosed;
}

export type IsClosed = (family: string, label: string) => boolean;

/**
 * Shortens a scrape so that people can read it. All families are kept, with their help and type, in the order of their
 * names, even without series. Of their series, those are kept that have a new combination of labels, or a new value of
 * a label that is closed or has few values.
 */
export function excerpt(text: string, { wanted = () => true, isClosed = () => false }: Selection = {}): string {
  const families = [...familiesOf(text).values()].sort((one, other) => compare(one.name, other.name));
  const lines = families.flatMap(({ name, comments, series }) => {
    const considered = [...series.values()].filter(({ labels }) => wanted(labels));
    const kept = informativeSeries(considered, (label) => isClosed(name, label));
    return [...comments, ...kept.flatMap((one) => one.lines)];
  });
  return `${lines.join("\n")}\n`;
}

function familiesOf(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  const family = (name: string): Family => {
    const found = families.get(name) ?? { name, comments: [], series: new Map() };
    families.set(name, found);
    return found;
  };
  for (const line of text.split("\n")) {
    const [, described] = line.match(/^# (?:HELP|TYPE) (\S+)/) ?? [];
    if (described) family(described).comments.push(line);
    const [, name, given = ""] = line.match(/^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+/) ?? [];
    if (!name) continue;
    const { le: _le, quantile: _quantile, ...labels } = labelsOf(given);
    const { series } = families.get(name) ?? family(name.replace(/_(bucket|sum|count)$/, ""));
    const key = JSON.stringify(Object.entries(labels).sort());
    series.set(key, series.get(key) ?? { labels, lines: [] });
    series.get(key)?.lines.push(line);
  }
  return families;
}

/** The series that have a label or a value which the series before them do not have. */
function informativeSeries(series: readonly Series[], isClosed: (label: string) => boolean): readonly Series[] {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of series.flatMap(({ labels }) => Object.entries(labels))) {
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const seen = new Set<string>();
  return [...series].sort(byLabels).filter(({ labels, lines }) => {
    const present = Object.entries(labels).filter(([, value]) => value !== "");
    const closed = present.filter(([name]) => isClosed(name));
    const few = present.filter(([name]) => name !== "namespace" && (values.get(name)?.size ?? 0) <= mostValues);
    // A histogram has many lines, and one of them is enough to show all bounds.
    const shown = lines.length > 1 ? closed : [...closed, ...few];
    const facts = [present.map(([name]) => name).join(), ...shown.map(String)];
    const isNew = facts.some((one) => !seen.has(one));
    for (const one of facts) seen.add(one);
    return isNew;
  });
}

function byLabels(one: Series, other: Series): number {
  return compare(
    JSON.stringify(Object.entries(one.labels).sort()),
    JSON.stringify(Object.entries(other.labels).sort()),
  );
}

/** Compares texts independently of the machine's language. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
