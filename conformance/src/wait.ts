import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a condition is true, and looks four times a second. @returns false if the time is over */
export async function becomesTrue(holds: () => boolean | Promise<boolean>, seconds: number): Promise<boolean> {
  for (const deadline = performance.now() + seconds * 1000; ; await sleep(250)) {
    if (await holds()) return true;
    if (performance.now() > deadline) return false;
  }
}
