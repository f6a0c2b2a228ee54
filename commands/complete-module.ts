import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Copies a folder of `tools/`, and adds a placeholder for a file that its module does not contain, so that the program
 * can be built. Modules whose web pages are compiled for a release lack these pages. We do not use them.
 *
 * @returns the copy
 */
export function completeModule(folder: string, module: string, missingFile: string, copy: string): string {
  cpSync(folder, copy, { recursive: true });
  const found = execFileSync("go", ["mod", "download", "-C", copy, "-json", module], {
    encoding: "utf8",
    timeout: 10 * 60_000,
  });
  const source = join(copy, "source");
  // Files that Go downloads are read-only.
  execFileSync("cp", ["-R", JSON.parse(found).Dir, source]);
  execFileSync("chmod", ["-R", "u+w", source]);
  mkdirSync(dirname(join(source, missingFile)), { recursive: true });
  writeFileSync(join(source, missingFile), "This page is not part of the module.\n");
  execFileSync("go", ["mod", "edit", "-C", copy, `-replace=${module}=./source`]);
  return copy;
}
