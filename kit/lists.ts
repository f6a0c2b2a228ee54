/** A list with conditional entries: `condition && entry`. Entries that are `false` or `undefined` are left out. */
export type List<Entry> = readonly (Entry | false | undefined)[];

/** The entries of the list whose condition holds. */
export function present<Entry extends object | string>(list: List<Entry>): Entry[] {
  return list.filter((entry) => entry !== false && entry !== undefined);
}
