import { parseExposition } from "./exposition";

/** One scrape of the real program, stored unchanged under `evidence/`. */
export interface Evidence {
  /** Name of the scrape job, or of another source, that was captured. */
  readonly source: string;
  /** Version of the program that exposed it. */
  readonly version: string;
  /**
   * The program and version that were scraped in place of the pinned one, and the pinned version.
   * @default the pinned program itself was scraped
   */
  readonly standIn?: string;
  /** Types by name, from `# TYPE`; histograms and summaries under their name without suffix. */
  readonly types: ReadonlyMap<string, string>;
  /** Labels of every sample, by the name of its metric. */
  readonly samples: ReadonlyMap<string, readonly Readonly<Record<string, string>>[]>;
}

/**
 * Reads a scrape in Prometheus' text format, after a line that states its source:
 *
 *     # evidence: source=redis version=7.4.1 stand-in=<what>
 *
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function readEvidence(text: string): Evidence {
  const head = text.match(/^# evidence: source=(?<source>\S+) version=(?<version>\S+)(?: stand-in=(?<standIn>.+))?$/m);
  const { source = "", version = "", standIn } = head?.groups ?? {};
  const exposed = parseExposition(text);
  const samples = new Map<string, Readonly<Record<string, string>>[]>();
  for (const { name, labels } of exposed.samples) {
    const found = samples.get(name);
    if (found) found.push(labels);
    else samples.set(name, [labels]);
  }
  return { source, version, ...(standIn && { standIn }), types: exposed.types, samples };
}
