import type { Label } from "../queries/series";

/** The values of a label, as a catalogue declares them. */
export interface LabelValues extends Omit<Label, "optional"> {
  /** Listed values that a scrape contains only after an event, each with that event. @default a scrape contains all of them */
  readonly eventValues?: ReadonlyMap<string, string>;
}

/**
 * A label that has only these values.
 *
 * @param afterEvents more values, which a scrape contains only after an event or with other settings, by that event or setting
 */
export function closed(
  values: readonly string[],
  afterEvents: Readonly<Record<string, readonly string[]>> = {},
): LabelValues {
  const eventValues = Object.entries(afterEvents).flatMap(([event, after]) =>
    after.map((value): [string, string] => [value, event]),
  );
  return { values: [...values, ...eventValues.map(([value]) => value)], eventValues: new Map(eventValues) };
}

/** A closed label with too many values to list: each value fully matches this regular expression. */
export function matching(pattern: string): LabelValues {
  return { pattern };
}

/**
 * A label that can have any value.
 *
 * @param because the source of the values, such as a setting or programs of other people
 * @param named the values that queries may name; a regular expression must match one of them
 */
export function open(because: string, named?: readonly string[]): LabelValues {
  return { open: because, ...(named && { named }) };
}
