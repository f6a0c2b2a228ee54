import type { Environment } from "../settings/environment";
import type { Signals } from "../signals";
import { checkOverrideStories } from "./override-stories";
import { checkWithPrograms } from "./program-checks";
import { checkTeamTests } from "./team-tests";

/**
 * The checks before anything is deployed or exported that need no cluster: promtool and amtool check rules and
 * notifications, the scenarios of changed alerts are played, and the tests of the rules of teams are run. Prints what was
 * checked, and the programs that are missing.
 *
 * @param title what the faults prevented, such as `nothing was deployed`
 * @throws {Faults} when a program refuses something, or a scenario or a test fails.
 */
export async function checkBeforeChanges(environment: Environment, signals: Signals, title: string): Promise<void> {
  checkWithPrograms(signals, undefined, title);
  await checkOverrideStories(environment, undefined, title);
  checkTeamTests(environment, undefined, title);
}
