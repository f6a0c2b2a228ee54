import type { Invariant } from "./invariant";
import { passedTests } from "./passed-tests";
import { provenAlerts } from "./proven-alerts";
import { validNotifications } from "./valid-notifications";
import { validRules } from "./valid-rules";

/** All properties that the settings of every team must have, in addition to the checks of a synth. */
export const invariants: readonly Invariant[] = [validRules, provenAlerts, passedTests, validNotifications];
