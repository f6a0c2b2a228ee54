import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { CommandError, start } from "./command";
import { pageFacts } from "./words/page-facts";

start({
  name: "compare:pages",
  positionals: { commit: "the commit before the change, such as `origin/main`" },
  options: {},
  help: `
Compares the facts of every Markdown page with those of an earlier commit: numbers with their units, lines of code blocks,
text in backticks, targets of links, and names of alerts. Use it after you change the wording of pages: only the facts that
you meant to change may differ. Does not read rendered/ and config/. Changes nothing.

Exit code 0: the facts are the same. 2: some differ.`,
  run: ({ commit }) => {
    const differing = pagesAt(`${commit}`).filter((page) => printDifference(page, `${commit}`));
    console.log(`${differing.length} ${differing.length === 1 ? "page differs" : "pages differ"} in facts.`);
    return differing.length > 0 ? 2 : 0;
  },
});

function pagesAt(commit: string): string[] {
  const paths = git("ls-tree", "-r", "--name-only", "-z", commit).split("\0");
  return paths.filter((path) => path.endsWith(".md") && !/^(?:rendered|config)\//.test(path));
}

/** @returns whether the facts of the page differ */
function printDifference(page: string, commit: string): boolean {
  const before = pageFacts(git("show", `${commit}:${page}`));
  const after = existsSync(page) ? pageFacts(readFileSync(page, "utf8")) : new Set<string>();
  const removed = [...before].filter((fact) => !after.has(fact));
  const added = [...after].filter((fact) => !before.has(fact));
  if (removed.length + added.length === 0) return false;
  console.log(`${page}${existsSync(page) ? "" : " (deleted)"}`);
  for (const fact of removed) console.log(`  - ${fact}`);
  for (const fact of added) console.log(`  + ${fact}`);
  return true;
}

/** @throws {CommandError} when git refuses */
function git(...args: string[]): string {
  try {
    return execFileSync("git", args, { encoding: "utf8", maxBuffer: 2 ** 26, stdio: "pipe" });
  } catch (error) {
    throw new CommandError(
      `git ${args.join(" ")} failed: ${error instanceof Error && "stderr" in error ? error.stderr : error}`,
    );
  }
}
