import type { Result } from "../check-image";

/** The result of a run, in the form that `--json` prints. `docs/conformance.md` describes it. */
export interface Report {
  /** Version of this format. It increases when a field is renamed, removed, or changes its meaning. */
  readonly version: 1;
  readonly url: string;
  /** The environment whose contract was checked. */
  readonly environment: string;
  readonly httpProfile: {
    readonly configured: string;
    /** The profile that was found, or null if the image exposes the metrics of none. */
    readonly detected: string | null;
  };
  readonly passed: number;
  readonly failed: number;
  readonly notChecked: number;
  readonly rules: readonly Result[];
}

export function report(about: Pick<Report, "url" | "environment" | "httpProfile">, rules: readonly Result[]): Report {
  const count = (wanted: Result["outcome"]) => rules.filter(({ outcome }) => outcome === wanted).length;
  return {
    version: 1,
    ...about,
    passed: count("passed"),
    failed: count("failed"),
    notChecked: count("not checked"),
    rules,
  };
}
