import type { Review } from "./review";

/** Version of the format, which rises with every incompatible change; see docs/review.md. */
const version = 1;

/** The review for programs: docs/review.md describes the fields. */
export function reviewJson({ base, ownPackages, environments, lines }: Review): string {
  const content = {
    version,
    base: { commit: base.commit, description: base.description, ownPackages },
    environments,
    breaking: lines.filter((line) => line.breaking).length,
    lines: lines.map(({ changes, ...line }) => ({
      ...line,
      changes: changes.map(({ change: { environment: _environment, ...change }, environments: own }) => ({
        environments: own,
        ...change,
      })),
    })),
  };
  return JSON.stringify(content, null, 2);
}
