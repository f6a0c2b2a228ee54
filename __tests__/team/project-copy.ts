import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFiles } from "../../commands/project-files";
import { type ConfigFiles, givenFiles } from "./config-files";

const root = join(__dirname, "..", "..");

/** Files that the copy does not need: the team's own settings, and files that would only slow it down. */
const excluded = /^(config|erp)\//;

/** Copies the project to a temporary folder, with a team's `config/`, for commands that read and write files. */
export function projectCopy(config: ConfigFiles = givenFiles): string {
  const copy = mkdtempSync(join(tmpdir(), "project-"));
  for (const file of projectFiles(root)) if (!excluded.test(file)) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  writeConfig(copy, config);
  return copy;
}

/** Replaces all files in `config/` with these files. */
export function writeConfig(project: string, files: ConfigFiles): void {
  const folder = join(project, "config");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}
