import { type Claim, provesScenario } from "../../kit/alerts/stories/claims";
import type { Scenario } from "../../kit/alerts/stories/scenario";
import type { Timeline } from "./timeline";

/** A scenario of an alert after it was played. */
export interface PlayedScenario {
  readonly title: string;
  readonly scenario: Scenario<unknown>;
  /** The expectations of the scenario, and whether the alert met each of them. */
  readonly claims: readonly { readonly claim: Claim; readonly met: boolean }[];
  readonly timeline: Timeline;
  /** Errors of promtool or Loki, such as an expression that cannot be evaluated. */
  readonly errors: readonly string[];
}

export function hasPassed({ claims, errors }: PlayedScenario): boolean {
  return errors.length === 0 && claims.every(({ met }) => met);
}

/**
 * Whether the alert did what the scenario expects. With the limit of an override, a scenario with absolute values may no
 * longer reach the limit. It then proves less, but the alert is as it should be.
 */
export function alertPassed({ claims, errors }: PlayedScenario): boolean {
  return errors.length === 0 && claims.every(({ claim, met }) => met || provesScenario(claim));
}
