import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Copies a folder of `tools/` to where its program can be built although the module lacks a file, as modules do whose
 * pages are compiled for a release. A placeholder stands in for it: we ask the program, and never look at its pages.
 *
 * @returns the copy
 */
export function completeModule(folder: string, module: string, lacks: string, copy: string): string {
  cpSync(folder, copy, { recursive: true });
  const found = execFileSync("go", ["mod", "download", "-C", copy, "-json", module], { encoding: "utf8" });
  const source = join(copy, "source");
  // What Go downloads, nobody may write to.
  execFileSync("cp", ["-R", JSON.parse(found).Dir, source]);
  execFileSync("chmod", ["-R", "u+w", source]);
  mkdirSync(dirname(join(source, lacks)), { recursive: true });
  writeFileSync(join(source, lacks), "This page is compiled elsewhere.\n");
  execFileSync("go", ["mod", "edit", "-C", copy, `-replace=${module}=./source`]);
  return copy;
}
