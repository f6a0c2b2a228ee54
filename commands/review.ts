import { resolve } from "node:path";
import { loadEnvironments } from "../settings/load-environments";
import { type Command, CommandError, type Given, start } from "./command";
import { compareSynths } from "./comparison/compare-synths";
import { type Base, findBase } from "./review/base";
import { headline, type Review } from "./review/review";
import { reviewJson } from "./review/review-json";
import { reviewLines } from "./review/review-lines";
import { reviewMarkdown } from "./review/review-markdown";
import { reviewText } from "./review/review-text";
import { inWorktree } from "./review/worktree";
import { inTemporaryFolder } from "./temporary-folder";
import { providePackages } from "./upgrade/packages";
import { synthesizeVersion } from "./upgrade/synthesize-version";

/** Number of things that a line names without `--all`. */
const most = 8;

export const review: Command = {
  name: "review",
  positionals: {},
  operands: {
    name: "base",
    help: "commit to compare with; by default the commit at which the current branch left origin/main, or main",
  },
  options: {
    all: { type: "boolean", help: "names every changed thing and every field" },
    markdown: { type: "boolean", help: "prints Markdown, for the description of a pull request" },
    json: { type: "boolean", help: "prints the changes as JSON (docs/review.md)" },
  },
  help: `
Shows what the changes in your working tree, committed or not, do to each environment. Synthesises the base and the
working tree, compares the results, and prints one line for each change: first what is breaking, because it loses data or
cannot be applied; then alerts and who is notified, dashboards, kept metrics, Secrets, versions with their change logs,
permissions, network paths, requests, and all other resources. A change that is the same in several environments is one
line.

It needs git, but no cluster and no Terraform. The base is checked out as a worktree of git in a temporary folder, which
is always removed. It uses your node_modules, or its own, from \`npm ci\`, if its package-lock.json differs.

Exit code 0: no change is breaking. 1: a change is breaking. 2: the changes could not be compared, because the base is
missing, or one of the two cannot be synthesised.`,
  errorCode: 2,
  run: (given, operands) => {
    const [base, ...more] = operands;
    if (more.length > 0) throw new CommandError("Name one base.\nFor help: npm run review -- --help");
    return inTemporaryFolder(async (folder, interruption) => {
      const found = await findBase(base);
      if (process.stderr.isTTY) console.error(`Comparing the working tree with ${found.description} …`);
      const compared = await compareWith(found, folder, interruption);
      const environments = loadEnvironments().map(({ name }) => name);
      const lines = reviewLines(compared.comparison.changes, {
        environments,
        most: given.all === true ? Number.POSITIVE_INFINITY : most,
      });
      console.log(report({ base: found, ...compared, environments, lines }, given));
      return lines.some(({ breaking }) => breaking) ? 1 : 0;
    });
  },
};

async function compareWith(
  { commit }: Base,
  folder: string,
  interruption: AbortSignal,
): Promise<Pick<Review, "comparison" | "ownPackages">> {
  const base = { name: "the base", folder: `${folder}/worktree` };
  const outputs = { base: `${folder}/base`, own: `${folder}/own` };
  return inWorktree(commit, base.folder, async () => {
    // Progress goes to standard error: the output may be JSON.
    const ownPackages = await providePackages(base, interruption, console.error);
    const [faults, baseFaults] = await Promise.all([
      synthesizeVersion({ name: "the working tree", folder: resolve(".") }, outputs.own, interruption),
      synthesizeVersion(base, outputs.base, interruption),
    ]);
    refuse("The working tree has faults. Correct them first:", faults);
    refuse("The base has faults, so there is nothing to compare with. Name another one:", baseFaults);
    return { ownPackages, comparison: compareSynths(outputs.base, outputs.own) };
  });
}

function refuse(reason: string, faults: string | undefined): void {
  if (faults !== undefined) throw new CommandError(`${reason}\n${faults}`);
}

function report(found: Review, { json, markdown }: Given): string {
  if (json) return reviewJson(found);
  return markdown ? reviewMarkdown(found) : `${headline(found)}\n\n${reviewText(found.lines)}`;
}

if (require.main === module) void start(review);
