/** What is kept of an exporter's metrics: these names, or `all` that the chart's defaults leave. */
export type Keep = "all" | readonly string[];

interface Relabeling {
  readonly sourceLabels: readonly string[];
  readonly regex: string;
  readonly action: string;
}

/**
 * Relabelings that keep only what is named. A list replaces the chart's own: nothing is set where everything is kept,
 * and `first` repeats what must not be lost with the chart's list.
 */
export function keepOnly(keep: Keep | undefined, first: readonly Relabeling[] = []): readonly Relabeling[] | undefined {
  if (keep === undefined || keep === "all") return undefined;
  return [...first, { sourceLabels: ["__name__"], regex: [...keep].sort().join("|"), action: "keep" }];
}
