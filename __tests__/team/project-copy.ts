import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFiles } from "../../commands/project-files";
import { type ConfigFiles, givenFiles } from "./config-files";

const root = join(__dirname, "..", "..");

/** What a team writes itself, and what would only slow the copy down. */
const excluded = /^(config|erp)\//;

/** A copy of the project in a temporary folder, with a team's `config/`, for commands that read and write files. */
export function projectCopy(config: ConfigFiles = givenFiles): string {
  const copy = mkdtempSync(join(tmpdir(), "project-"));
  for (const file of projectFiles(root)) if (!excluded.test(file)) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  writeConfig(copy, config);
  return copy;
}

/** Makes `config/` hold exactly these files. */
export function writeConfig(project: string, files: ConfigFiles): void {
  const folder = join(project, "config");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}
