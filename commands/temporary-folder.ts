import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "./command";
import { interruptions } from "./interruption";

/**
 * Runs work in a temporary folder, which is removed also if the work fails.
 * @param work receives the folder, and a signal that ends its programs when this process is interrupted
 * @throws {CommandError} when the work was interrupted.
 */
export async function inTemporaryFolder<Result>(
  work: (folder: string, interruption: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "erp-observability-"));
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  for (const signal of interruptions) process.on(signal, interrupt);
  try {
    return await work(folder, controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw new CommandError("Interrupted. Nothing was changed.");
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    // Only now: a signal during the removal would end this process, and leave a part of the folder behind.
    for (const signal of interruptions) process.off(signal, interrupt);
  }
}
