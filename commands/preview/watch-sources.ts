import { watch } from "node:fs";
import { join } from "node:path";

/** Folders and files that dashboards are made of. */
const watched = ["alerts", "config", "dashboards", "kit", "logs", "metrics", "settings", "subjects", "signals.ts"];

/** Milliseconds for which nothing is saved any more: an editor writes a file in several steps. */
const settled = 50;

/**
 * Calls a function whenever a source file was saved.
 * @returns a function that ends it
 */
export function watchSources(root: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, settled);
  };
  const watchers = watched.map((path) => watch(join(root, path), { recursive: true }, later));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
