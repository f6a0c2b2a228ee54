/** One scrape with its origin. */
export interface Capture {
  /** Scrape job, or HTTP profile. */
  readonly source: string;
  /** Version of the program that exposed it, without a leading `v`. */
  readonly version: string;
  /** Version that was scraped in place of the pinned one, and the pinned version. @default the pinned version itself */
  readonly standIn?: string;
  /** Command that made the scrape. */
  readonly command: string;
  /** Servers and traffic behind the program, which its metrics measure. */
  readonly behind: string;
  readonly text: string;
}

/** A program to capture, and the version of it that is deployed. */
export type Captured = Pick<Capture, "source" | "version">;

/** A file of `metrics/evidence/`, as its README describes it. */
export function evidenceFile({ source, version, standIn, command, behind, text }: Capture): string {
  return [
    `# evidence: source=${source} version=${version}${standIn ? ` stand-in=${standIn}` : ""}`,
    `# captured: ${command}; behind it: ${behind}`,
    text,
  ].join("\n");
}
