/** One scrape, and what must be known of it to believe it. */
export interface Capture {
  /** A job of `metrics/jobs.ts`, a profile of `metrics/http/`, or another program of the environment. */
  readonly source: string;
  /** Of the program that exposed it, without a leading `v`. */
  readonly version: string;
  /** What was scraped in place of the pinned program, and in place of which version. */
  readonly standIn?: string;
  /** The command that asked. */
  readonly command: string;
  /** What ran behind the program and gave its metrics something to say. */
  readonly behind: string;
  readonly text: string;
}

/** A file of `metrics/evidence/`, as its README describes it. */
export function evidenceFile({ source, version, standIn, command, behind, text }: Capture): string {
  return [
    `# evidence: source=${source} version=${version}${standIn ? ` stand-in=${standIn}` : ""}`,
    `# captured: ${command}; behind it: ${behind}`,
    text,
  ].join("\n");
}
