import { refuseAny } from "../faults";
import { loadEnvironments } from "../settings/load-environments";
import { type Command, start } from "./command";
import { contentFileFaults } from "./content-files";
import { outdatedPaths, write } from "./rendering/folder";
import { renderedEnvironments } from "./rendering/rendered-environments";
import { synthesizedStacks } from "./synthesized-stacks";

const folder = "rendered";

export const render: Command = {
  name: "render",
  positionals: {},
  options: { check: { type: "boolean", help: "writes nothing, and exits 1 with the files that are out of date" } },
  help: `
Writes ${folder}/<environment>/: everything that each environment deploys, in the form that a reviewer reads: manifests,
Helm values, rule files, Alertmanager's configuration, and outlines of the dashboards. Commit it with the change that
causes it.

Exit code 0: ${folder}/ is up to date, or was written. 1: a setting is faulty, or \`--check\` found outdated files.`,
  run: ({ check }) => {
    const environments = loadEnvironments();
    refuseAny(contentFileFaults());
    const wanted = renderedEnvironments(environments, synthesizedStacks(environments));
    const outdated = outdatedPaths(folder, wanted);
    if (outdated.length === 0) {
      console.log(`${folder}/ is up to date: ${wanted.size} files.`);
      return 0;
    }
    if (check) {
      console.error(
        `${pathList("Out of date", outdated)}\`npm run render\` writes them; commit them with your change.`,
      );
      return 1;
    }
    write(folder, wanted);
    const written = outdated.filter((path) => wanted.has(path));
    const deleted = outdated.filter((path) => !wanted.has(path));
    console.log(
      `${pathList("Written", written)}${pathList("Deleted", deleted)}\`git diff ${folder}\` shows what your change does to each environment.`,
    );
    return 0;
  },
};

function pathList(title: string, paths: readonly string[]): string {
  return paths.length > 0 ? `${title}:\n${paths.map((path) => `${folder}/${path}\n`).join("")}` : "";
}

if (require.main === module) void start(render);
