import type { Label } from "../queries/series";

/** Which values a label has, as a catalogue declares it. */
export interface LabelValues extends Omit<Label, "optional"> {
  /** Listed values that a scrape shows only after an event, each with that event. @default a scrape shows all of them */
  readonly eventValues?: ReadonlyMap<string, string>;
}

/**
 * A label that has these values and no others.
 *
 * @param afterEvents more values, which a scrape shows only after an event or with other settings, by what that is
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

/** A closed label with too many values to list: each matches this regular expression as a whole. */
export function matching(pattern: string): LabelValues {
  return { pattern };
}

/**
 * A label that can have any value.
 *
 * @param because who chooses the values: a setting, other people's programs
 * @param named the values that queries may name; a regular expression must match one of them
 */
export function open(because: string, named?: readonly string[]): LabelValues {
  return { open: because, ...(named && { named }) };
}
