import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { child } from "../child";
import { CommandError } from "../command";
import { providePackages, run } from "./packages";

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
  await providePackages({ name: version, folder }, abort);
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
