import { readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { child } from "../child";
import { CommandError } from "../command";
import type { Version } from "./synthesize-version";

/**
 * Links the installed packages if the version needs the same ones, and otherwise installs its own.
 * @param report receives the progress of an installation, line by line
 * @returns whether the version has its own packages
 */
export async function providePackages(
  { name, folder }: Version,
  abort: AbortSignal,
  report: (line: string) => void = console.log,
): Promise<boolean> {
  const lock = "package-lock.json";
  if (isDeepStrictEqual(lockedPackages(lock), lockedPackages(join(folder, lock)))) {
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "dir");
    return false;
  }
  report(`Installing the packages of ${name} in a temporary folder, because its ${lock} differs.`);
  const started = Date.now();
  const progress = setInterval(() => report(`… ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  try {
    // A synth needs no package with an install script.
    await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], abort, folder);
    return true;
  } finally {
    clearInterval(progress);
  }
}

/** The packages of a lock file, without the version of the product itself, which differs in every release. */
function lockedPackages(path: string): object {
  const { version: _version, packages = {}, ...lock } = JSON.parse(readFileSync(path, "utf8"));
  const { version: _rootVersion, ...root } = packages[""] ?? {};
  return { ...lock, packages: { ...packages, "": root } };
}

/** @throws {CommandError} when the program fails. */
export async function run(program: string, args: readonly string[], abort: AbortSignal, cwd?: string): Promise<void> {
  const { code, stderr } = await child(program, args, { abort, ...(cwd && { cwd }) });
  abort.throwIfAborted();
  if (code !== 0) throw new CommandError(`\`${program} ${args[0]}\` failed: ${stderr.trim()}`);
}
