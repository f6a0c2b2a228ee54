import { child } from "../child";
import { CommandError } from "../command";

/**
 * Runs work on another commit of this repository, in a worktree of git that is removed also if the work fails.
 * @param folder new folder for the worktree
 * @throws {CommandError} when git cannot create the worktree.
 */
export async function inWorktree<Result>(commit: string, folder: string, work: () => Promise<Result>): Promise<Result> {
  // Hooks of the user are for the user's own worktrees.
  const git = ["-c", "core.hooksPath=/dev/null", "worktree"];
  const { code, stderr } = await child("git", [...git, "add", "--quiet", "--detach", folder, commit]);
  try {
    if (code !== 0) throw new CommandError(`\`git worktree add\` failed: ${stderr.trim()}`);
    return await work();
  } finally {
    await child("git", [...git, "remove", "--force", folder]);
  }
}
