import { environments } from "../config/environments";
import { type Command, start } from "./command";
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
    const wanted = renderedEnvironments(environments, synthesizedStacks());
    const paths = outdatedPaths(folder, wanted).map((path) => `${folder}/${path}`);
    if (paths.length === 0) {
      console.log(`${folder}/ is up to date: ${wanted.size} files.`);
      return 0;
    }
    if (check) {
      console.error(`Out of date:\n${paths.join("\n")}\n\`npm run render\` writes them; commit them with your change.`);
      return 1;
    }
    write(folder, wanted);
    console.log(
      `Written:\n${paths.join("\n")}\n\`git diff ${folder}\` shows what your change does to each environment.`,
    );
    return 0;
  },
};

if (require.main === module) void start(render);
