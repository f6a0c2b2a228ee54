import { type FSWatcher, readdirSync, watch } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Folders with the sources of dashboards. */
const sources = ["alerts", "config", "dashboards", "kit", "logs", "metrics", "settings", "subjects", "traces"];

/** Milliseconds without another save: an editor writes a file in several steps. */
const settled = 50;

/**
 * Calls a function whenever a source file or one of these files is saved. Each call starts after the previous one has
 * ended, so that older sources are not drawn last.
 *
 * @returns a function that ends it
 */
export function watchSources(root: string, files: readonly string[], changed: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const watchers = new Map<string, FSWatcher>();
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      watchFolders();
      last = last.then(changed);
    }, settled);
  };
  // A recursive watcher misses later saves of a file that an editor has replaced by a new one, so each folder has its own.
  const watchFolders = () => {
    for (const folder of sources.flatMap((source) => foldersIn(join(root, source)))) {
      if (!watchers.has(folder)) watchers.set(folder, watch(folder, later));
    }
  };
  watchFolders();
  for (const file of [join(root, "signals.ts"), ...files]) {
    watchers.set(
      file,
      watch(dirname(file), (_, name) => name === basename(file) && later()),
    );
  }
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

/** The folder, with all folders in it. */
function foldersIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return [folder, ...entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))];
}
