/** The metrics of an exporter that are kept: these names, or `all` that the chart's defaults keep. */
export type Keep = "all" | readonly string[];

interface Relabeling {
  readonly sourceLabels: readonly string[];
  readonly regex: string;
  readonly action: string;
}

/**
 * Relabelings that keep only the named metrics. Such a list replaces the chart's own list. Nothing is set if everything
 * is kept, and `first` repeats the entries of the chart's list that are still needed.
 */
export function keepOnly(keep: Keep | undefined, first: readonly Relabeling[] = []): readonly Relabeling[] | undefined {
  if (keep === undefined || keep === "all") return undefined;
  return [...first, { sourceLabels: ["__name__"], regex: [...keep].sort().join("|"), action: "keep" }];
}
