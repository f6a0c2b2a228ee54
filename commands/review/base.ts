import { child, readStdout } from "../child";
import { CommandError } from "../command";

/** The commit that a change is compared with. */
export interface Base {
  readonly commit: string;
  /** The commit as its reader knows it: `3f2a1bc, where the branch left origin/main`. */
  readonly description: string;
}

/** Branches that a change is usually merged into, the likeliest first. */
const mainBranches = ["origin/HEAD", "origin/main", "main"];

/**
 * The given commit, or the one at which the current branch left the main branch.
 * @throws {CommandError} when there is no such commit, with the command that fetches it.
 */
export async function findBase(given: string | undefined): Promise<Base> {
  if (given !== undefined) {
    const commit = await commitOf(given);
    if (commit === undefined)
      throw new CommandError(await missing(`There is no commit \`${given}\` in this repository.`, given));
    return { commit, description: `${shorten(commit)}, which is ${given}` };
  }
  for (const branch of mainBranches) {
    if ((await commitOf(branch)) === undefined) continue;
    const { code, stdout: commit } = await child("git", ["merge-base", "HEAD", branch]);
    if (code !== 0)
      throw new CommandError(await missing(`The current branch and ${branch} have no common commit.`, "main"));
    const name = await readStdout("git", ["rev-parse", "--abbrev-ref", branch]);
    return { commit, description: `${shorten(commit)}, where the current branch left ${name}` };
  }
  throw new CommandError(await missing("There is neither a branch origin/main nor a branch main.", "main"));
}

async function commitOf(name: string): Promise<string | undefined> {
  const { code, stdout } = await child("git", [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${name}^{commit}`,
  ]);
  return code === 0 ? stdout : undefined;
}

/** The problem, and the command that fetches what is missing. A checkout of a pipeline often has only the last commit. */
async function missing(problem: string, wanted: string): Promise<string> {
  const isShallow = (await readStdout("git", ["rev-parse", "--is-shallow-repository"])) === "true";
  if (!isShallow) return `${problem}\nFetch it, or name another base: npm run review -- <commit>`;
  return `${problem} This checkout has only the last commits of its branch. Fetch the base, and name it:
  git fetch --depth=1 origin ${wanted}
  npm run review -- FETCH_HEAD
In a workflow of GitHub, \`fetch-depth: 2\` of actions/checkout is enough: the base of a pull request is then \`HEAD^1\`.`;
}

function shorten(commit: string): string {
  return commit.slice(0, 7);
}
