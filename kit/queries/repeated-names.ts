/** A name, and the place that has it. */
export interface PlacedName {
  readonly name: string;
  readonly place: string;
}

/**
 * The entries whose name an earlier entry has, or the product itself.
 * @param product names that the product has
 */
export function repeatedNames<Entry extends PlacedName>(
  entries: readonly Entry[],
  product: readonly string[],
): readonly (Entry & { /** Where the name was first. */ readonly other: string })[] {
  const places = new Map(product.map((name) => [name, "the product"]));
  return entries.flatMap((entry) => {
    const other = places.get(entry.name);
    if (other !== undefined) return [{ ...entry, other }];
    places.set(entry.name, entry.place);
    return [];
  });
}
