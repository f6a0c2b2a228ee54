import type { AnyAlert } from "../alerts/alert";
import { type Cause, causes } from "../alerts/causes";

/**
 * Which alert silences which: a cause its symptoms, but never those that are more severe, since then nobody would hear of
 * either. `equal` names only what every rule of ours carries: a label that is missing on both sides counts as equal.
 */
export function inhibitions(alerts: readonly AnyAlert[]) {
  return causes
    .filter((cause) => alerts.some((alert) => alert.cause === cause))
    .flatMap((cause) => [
      silences(cause, 'severity="critical"', 'severity=~"critical|warning|info"'),
      silences(cause, 'severity=~"warning|info"', 'severity=~"warning|info"'),
    ]);
}

function silences(cause: Cause, by: string, what: string) {
  return {
    source_matchers: [`cause="${cause}"`, by],
    target_matchers: [`caused_by=~"(.+,)?${cause}(,.+)?"`, what],
    equal: ["environment"],
  };
}
