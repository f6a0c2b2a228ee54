/** A list with conditional entries: `condition && entry`. What is `false` or `undefined` is not in the list. */
export type List<Entry> = readonly (Entry | false | undefined)[];

/** The entries of the list whose condition holds. */
export function present<Entry extends object | string>(list: List<Entry>): Entry[] {
  return list.filter((entry) => entry !== false && entry !== undefined);
}
