import type { Invariant } from "./invariant";
import { objectLimits } from "./object-limits";
import { provenAlerts } from "./proven-alerts";
import { validNotifications } from "./valid-notifications";
import { validRules } from "./valid-rules";

/** What must be true of every team's settings, besides what a synth checks itself. */
export const invariants: readonly Invariant[] = [objectLimits, validRules, provenAlerts, validNotifications];
