import { existsSync } from "node:fs";
import { join } from "node:path";
import { refuseAny } from "../faults";
import { loadEnvironments } from "../settings/load-environments";
import { type Command, start } from "./command";
import { contentFileFaults } from "./content-files";
import { outdatedPaths, readFolder, write } from "./rendering/folder";
import { renderedEnvironments } from "./rendering/rendered-environments";
import { renderedRunbooks, runbookFacts } from "./rendering/runbooks";
import { synthesizedStacks } from "./synthesized-stacks";

const rendered = "rendered";
const runbooks = "docs/runbooks";

export const render: Command = {
  name: "render",
  positionals: {},
  options: {
    check: {
      type: "boolean",
      help: "writes nothing, lists the files that are out of date, and exits with 1 if there are any",
    },
  },
  help: `
Writes ${rendered}/<environment>/: everything that each environment deploys, in a form for reviewers:
manifests, Helm values, rule files, Alertmanager's configuration, and outlines of the dashboards. Also writes the facts
of each alert into its runbook in ${runbooks}/, between two comments; the rest of these pages does not change. Commit
all of these files together with your change.

Exit code 0: all files are up to date, or were written. 1: a setting is faulty, or \`--check\` found outdated files.`,
  run: ({ check }) => {
    const environments = loadEnvironments();
    refuseAny(contentFileFaults());
    const files = renderedEnvironments(environments, synthesizedStacks(environments));
    const pages = renderedRunbooks(readFolder(runbooks), runbookFacts());
    const outdated = [...outdatedFiles(rendered, files), ...outdatedFiles(runbooks, pages)];
    if (outdated.length === 0) {
      console.log(`${rendered}/ is up to date: ${files.size} files. The facts in ${runbooks}/ are also up to date.`);
      return 0;
    }
    if (check) {
      console.error(
        `${pathList("Out of date", outdated)}\`npm run render\` writes them; commit them with your change.`,
      );
      return 1;
    }
    write(rendered, files);
    write(runbooks, pages);
    const written = outdated.filter((path) => existsSync(path));
    const deleted = outdated.filter((path) => !existsSync(path));
    console.log(
      `${pathList("Written", written)}${pathList("Deleted", deleted)}\`git diff ${rendered} ${runbooks}\` shows the effect of your change.`,
    );
    return 0;
  },
};

function outdatedFiles(folder: string, wanted: ReadonlyMap<string, string>): readonly string[] {
  return outdatedPaths(folder, wanted).map((path) => join(folder, path));
}

function pathList(title: string, paths: readonly string[]): string {
  return paths.length > 0 ? `${title}:\n${paths.map((path) => `${path}\n`).join("")}` : "";
}

if (require.main === module) void start(render);
