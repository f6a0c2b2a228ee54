import { randomUUID } from "node:crypto";
import { readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";

/** Milliseconds without use after which a block is deleted: 30 days. Each change of a recording or a scenario adds a block. */
const unusedTime = 30 * 86_400_000;

/** Sets the modification time of a block's folder to the current time. @returns whether the folder exists */
export function markUsed(folder: string): boolean {
  const now = new Date();
  return unlessDeleted(() => utimesSync(folder, now, now));
}

/** Deletes blocks that have not been used for 30 days, and what interrupted writes and deletions left. */
export function deleteUnused(cache: string): void {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    const used = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (Date.now() - used < unusedTime) continue;
    // The new name keeps other processes from reading a block of which a part has been deleted.
    const renamed = `${folder}.${randomUUID()}`;
    if (unlessDeleted(() => renameSync(folder, renamed))) rmSync(renamed, { recursive: true, force: true });
  }
}

/** Runs an action on a folder that another process may delete at the same time. @returns whether the folder exists */
function unlessDeleted(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
