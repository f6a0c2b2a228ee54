import { watch } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Folders and files with the sources of dashboards. */
const watched = ["alerts", "config", "dashboards", "kit", "logs", "metrics", "settings", "subjects", "signals.ts"];

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
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = last.then(changed);
    }, settled);
  };
  const watchers = [
    ...watched.map((path) => watch(join(root, path), { recursive: true }, later)),
    // An editor may replace the file by a new one, which only a watcher of its folder notices.
    ...files.map((file) => watch(dirname(file), (_, name) => name === basename(file) && later())),
  ];
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
