import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Paths below a folder whose text is not the wanted one, those that should not be there among them. */
export function outdatedPaths(folder: string, wanted: ReadonlyMap<string, string>): readonly string[] {
  const surplus = filesIn(folder).filter((path) => !wanted.has(path));
  const other = [...wanted].filter(([path, text]) => read(join(folder, path)) !== text).map(([path]) => path);
  return [...surplus, ...other].sort();
}

/** Texts of all files below a folder, by path. */
export function readFolder(folder: string): ReadonlyMap<string, string> {
  return new Map(filesIn(folder).map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Makes the folder hold exactly the wanted files. */
export function write(folder: string, wanted: ReadonlyMap<string, string>): void {
  for (const path of outdatedPaths(folder, wanted)) {
    const text = wanted.get(path);
    if (text === undefined) {
      rmSync(join(folder, path));
      continue;
    }
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
