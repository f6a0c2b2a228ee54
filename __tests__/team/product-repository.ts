import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFiles } from "../../commands/project-files";
import { givenFiles } from "./config-files";
import { writeConfig } from "./project-copy";

const project = join(__dirname, "..", "..");

/** Files that a synth does not read. */
const outsideSynth = /^(rendered|erp|docs|bench|tools|__tests__|metrics\/evidence|logs\/evidence)\//;

/** Creates a git repository with everything of the product that a synth reads, and the settings of the fixtures. */
export function createRepository(repository: string): void {
  for (const file of projectFiles(project)) {
    if (!outsideSynth.test(file)) cpSync(join(project, file), join(repository, file));
  }
  writeConfig(repository, givenFiles);
  git(repository, "init", "--quiet", "--initial-branch=main");
  appendFileSync(join(repository, ".git/info/exclude"), "node_modules\n");
  symlinkSync(join(project, "node_modules"), join(repository, "node_modules"));
}

/** The cache of tsx. */
export const compileCache = `tsx-${process.geteuid?.() ?? 0}`;

/** Creates a folder for temporary files that shares the cache of tsx: compiling every file again takes longer than a test. */
export function createTemporary(temporary: string): void {
  mkdirSync(temporary);
  const cache = join(tmpdir(), compileCache);
  if (existsSync(cache)) symlinkSync(cache, join(temporary, compileCache));
}

export function commitAll(repository: string, message: string): void {
  git(repository, "add", "--all");
  git(repository, "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", message);
}

export function git(repository: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd: repository, encoding: "utf8" });
}
