/** A list whose entries may be conditional: `condition && entry`. What is `false` or `undefined` is not in the list. */
export type List<Entry> = readonly (Entry | false | undefined)[];

/** The entries that are in the list. */
export function present<Entry extends object | string>(list: List<Entry>): Entry[] {
  return list.filter((entry) => entry !== false && entry !== undefined);
}
