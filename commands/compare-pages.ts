import { existsSync, readFileSync } from "node:fs";
import { readStdout } from "./child";
import { start } from "./command";
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
  run: async ({ commit }) => {
    let differing = 0;
    for (const page of await pagesAt(`${commit}`)) if (await printDifference(page, `${commit}`)) differing += 1;
    console.log(`${differing} ${differing === 1 ? "page differs" : "pages differ"} in facts.`);
    return differing > 0 ? 2 : 0;
  },
});

async function pagesAt(commit: string): Promise<string[]> {
  const paths = await readStdout("git", ["ls-tree", "-r", "--name-only", "-z", commit]);
  return paths.split("\0").filter((path) => path.endsWith(".md") && !/^(?:rendered|config)\//.test(path));
}

/** @returns whether the facts of the page differ */
async function printDifference(page: string, commit: string): Promise<boolean> {
  const before = pageFacts(await readStdout("git", ["show", `${commit}:${page}`]));
  const after = existsSync(page) ? pageFacts(readFileSync(page, "utf8")) : new Set<string>();
  const removed = [...before].filter((fact) => !after.has(fact));
  const added = [...after].filter((fact) => !before.has(fact));
  if (removed.length + added.length === 0) return false;
  console.log(`${page}${existsSync(page) ? "" : " (deleted)"}`);
  for (const fact of removed) console.log(`  - ${fact}`);
  for (const fact of added) console.log(`  + ${fact}`);
  return true;
}
