import type { Comparison } from "../comparison/compare-synths";
import type { Base } from "./base";
import type { ReviewLine } from "./review-lines";

/** The result of a comparison, as all formats print it. */
export interface Review {
  readonly base: Base;
  /** Whether the base was synthesised with its own packages. */
  readonly ownPackages: boolean;
  readonly comparison: Comparison;
  /** Names of the environments of the working tree, in its order. */
  readonly environments: readonly string[];
  readonly lines: readonly ReviewLine[];
}

/** What was compared, in one line. */
export function headline({ base, ownPackages, comparison }: Omit<Review, "lines" | "environments">): string {
  const packages = ownPackages ? " It has its own packages, because package-lock.json differs." : "";
  const signals = comparison.comparesSignals
    ? ""
    : " One of the two has no signals.json of the current version, so alerts and dashboards were compared as resources.";
  const { switchedOff } = comparison;
  const off = switchedOff.length > 0 ? ` After it, overrides switch off ${switchedOff.join(", ")}.` : "";
  return `Compared with ${base.description}.${packages}${signals}${off}`;
}
