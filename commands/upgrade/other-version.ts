import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { child } from "../child";
import { CommandError } from "../command";

/**
 * Extracts another version of the project with the user's settings, so that it can be synthesised. Writes only to the
 * folder: git's working tree, index and list of worktrees do not change.
 * @param version tag or commit
 * @param folder new folder for the version
 * @param settings folder that replaces the version's `config/`
 * @throws {CommandError} when the version does not exist, or its packages cannot be installed.
 */
export async function extractVersion(
  version: string,
  folder: string,
  settings: string,
  abort: AbortSignal,
): Promise<void> {
  if (!existsSync(join(settings, "environments.ts"))) {
    throw new CommandError(`${settings} contains no environments.ts. Name a folder that is a copy of config/.`);
  }
  const commit = await commitOf(version);
  mkdirSync(folder);
  const archive = `${folder}.tar`;
  await run("git", ["archive", "--format=tar", `--output=${archive}`, commit], abort);
  await run("tar", ["-x", "-f", archive, "-C", folder], abort);
  rmSync(archive);
  // Replaced, not merged, so that environments which the user has removed do not come back.
  rmSync(join(folder, "config"), { recursive: true, force: true });
  cpSync(settings, join(folder, "config"), { recursive: true });
  await providePackages(version, folder, abort);
}

async function commitOf(version: string): Promise<string> {
  const { code, stdout } = await child("git", ["rev-parse", "--verify", "--quiet", `${version}^{commit}`]);
  if (code === 0) return stdout;
  const { stdout: tags } = await child("git", ["tag", "--list", "--sort=-version:refname"]);
  const known = tags.split("\n").filter(Boolean).slice(0, 10).join(", ") || "none";
  throw new CommandError(
    `There is no tag or commit \`${version}\` in this repository. Its tags are: ${known}.\nTo get the tags of a remote, run \`git fetch --tags <remote>\`.`,
  );
}

/** Links the installed packages if the version needs the same ones, and otherwise installs its own. */
async function providePackages(version: string, folder: string, abort: AbortSignal): Promise<void> {
  const lock = "package-lock.json";
  if (isDeepStrictEqual(lockedPackages(lock), lockedPackages(join(folder, lock)))) {
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "dir");
    return;
  }
  console.log(`Installing the packages of ${version} in a temporary folder, because its ${lock} differs.`);
  const started = Date.now();
  const progress = setInterval(() => console.log(`… ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  try {
    // A synth needs no package with an install script.
    await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], abort, folder);
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

async function run(program: string, args: readonly string[], abort: AbortSignal, cwd?: string): Promise<void> {
  const { code, stderr } = await child(program, args, { abort, ...(cwd && { cwd }) });
  abort.throwIfAborted();
  if (code !== 0) throw new CommandError(`\`${program} ${args[0]}\` failed: ${stderr.trim()}`);
}
