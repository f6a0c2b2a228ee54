import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { child } from "../child";
import { CommandError } from "../command";

/**
 * Lays out another version of the project with the user's settings, ready to be synthesised. Only the folder is written:
 * the working tree, the index and the list of worktrees of git stay as they are.
 * @param version tag or commit
 * @param folder new folder for the version
 * @param settings folder that takes the place of the version's `config/`
 * @throws {CommandError} when there is no such version, or its packages cannot be installed.
 */
export async function layOutVersion(
  version: string,
  folder: string,
  settings: string,
  abort: AbortSignal,
): Promise<void> {
  if (!existsSync(join(settings, "environments.ts"))) {
    throw new CommandError(`${settings} contains no environments.ts: name a copy of config/.`);
  }
  const commit = await commitOf(version);
  mkdirSync(folder);
  const archive = `${folder}.tar`;
  await run("git", ["archive", "--format=tar", `--output=${archive}`, commit], abort);
  await run("tar", ["-x", "-f", archive, "-C", folder], abort);
  rmSync(archive);
  // Not merged into what the version contains: environments that were removed here must not come back.
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
    `There is no tag or commit \`${version}\` in this repository; tags: ${known}.\n\`git fetch --tags <remote>\` gets the tags of a remote.`,
  );
}

/** The installed packages where the version needs the same ones, otherwise its own. */
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
    // A synth needs no package that is built when it is installed.
    await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], abort, folder);
  } finally {
    clearInterval(progress);
  }
}

/** What a lock file locks. The version of the product itself differs in every release, and nothing is installed for it. */
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
