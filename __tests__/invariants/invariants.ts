import type { Invariant } from "./invariant";
import { loadedRules } from "./loaded-rules";
import { objectLimits } from "./object-limits";
import { provenAlerts } from "./proven-alerts";
import { takenNotifications } from "./taken-notifications";

/** What must be true of every team's settings, besides what a synth checks itself. */
export const invariants: readonly Invariant[] = [objectLimits, loadedRules, provenAlerts, takenNotifications];
