import { once } from "node:events";

/** The signals that end a process: from Ctrl-C, from another program, and from a closed terminal. */
export const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Waits until this process is asked to end. */
export async function untilInterrupted(): Promise<void> {
  await Promise.race(interruptions.map((signal) => once(process, signal)));
}
