import { once } from "node:events";

/** The signals by which Ctrl-C, another program, and a terminal that is closed end a process. */
export const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Waits until this process is asked to end. */
export async function untilInterrupted(): Promise<void> {
  await Promise.race(interruptions.map((signal) => once(process, signal)));
}
