import { statSync } from "node:fs";
import { sep } from "node:path";

/**
 * Forgets the loaded source files that have changed since a time, and all files that import them: the next `require`
 * loads them again. Modules loaded with `import()` cannot be forgotten.
 *
 * @param since in milliseconds since 1970, before the first of the files was loaded
 */
export function forgetChangedSources(since: number): void {
  const stale = new Map<NodeModule, boolean>();
  const isStale = (one: NodeModule): boolean => {
    const known = stale.get(one);
    if (known !== undefined) return known;
    const found = isSource(one) && (hasChanged(one.filename, since) || one.children.some(isStale));
    stale.set(one, found);
    return found;
  };
  for (const [path, one] of Object.entries(require.cache)) {
    if (one && isStale(one)) delete require.cache[path];
  }
}

function isSource({ filename }: NodeModule): boolean {
  return !filename.includes(`${sep}node_modules${sep}`);
}

/** The time of the last change of the file system's entry: a file that is moved here keeps the time of its last write. */
function hasChanged(path: string, since: number): boolean {
  const entry = statSync(path, { throwIfNoEntry: false });
  return entry === undefined || entry.ctimeMs >= since;
}
