import { setTimeout as sleep } from "node:timers/promises";
import { Stopped } from "../command";

/**
 * Looks once a second whether something holds.
 * @throws {Stopped} what has not happened, when it takes longer.
 */
export async function waitUntil(holds: () => Promise<boolean>, seconds: number, failure: string): Promise<void> {
  for (let waited = 0; !(await holds()); waited++) {
    if (waited > seconds) throw new Stopped(`${failure} within ${seconds} s.`);
    await sleep(1000);
  }
}
