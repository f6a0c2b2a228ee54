import { watch } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Folders and files that dashboards are made of. */
const watched = ["alerts", "config", "dashboards", "kit", "logs", "metrics", "settings", "subjects", "signals.ts"];

/** Milliseconds for which nothing is saved any more: an editor writes a file in several steps. */
const settled = 50;

/**
 * Calls a function whenever a source file or one of these files is saved. A call begins after the one before it has ended:
 * what was read first must not be drawn last.
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
    // An editor may put a new file in the place of the old one, which only its folder reports.
    ...files.map((file) => watch(dirname(file), (_, name) => name === basename(file) && later())),
  ];
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
