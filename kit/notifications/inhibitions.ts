import type { AnyAlert } from "../alerts/alert";
import type { InhibitRule } from "./alertmanager-configuration";

/**
 * Inhibition rules: a cause inhibits its symptoms, except symptoms that are more severe: otherwise nobody would be
 * notified of either. `equal` contains only a label that every rule has: a label that is missing on both sides counts as
 * equal.
 *
 * @param causes all causes, in the order of the rules
 */
export function inhibitions(alerts: readonly AnyAlert[], causes: readonly string[]): InhibitRule[] {
  return causes
    .filter((cause) => alerts.some((alert) => alert.cause === cause))
    .flatMap((cause) => [
      inhibition(cause, 'severity="critical"', 'severity=~"critical|warning|info"'),
      inhibition(cause, 'severity=~"warning|info"', 'severity=~"warning|info"'),
    ]);
}

function inhibition(cause: string, by: string, what: string): InhibitRule {
  return {
    source_matchers: [`cause="${cause}"`, by],
    target_matchers: [`caused_by=~"(.+,)?${cause}(,.+)?"`, what],
    equal: ["environment"],
  };
}
