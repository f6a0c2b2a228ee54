import { type Fault, refuseAny } from "../faults";
import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { type Command, type Given, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { exportFaults } from "./exporting/export-faults";
import { type Export, folderFaults, overwrittenFiles, writeExport } from "./exporting/export-folder";
import { exporters, type Target } from "./exporting/exporters";
import { layersOf } from "./exporting/layers";
import { checkOverrideStories } from "./override-stories";
import { checkWithPrograms } from "./program-checks";
import { stackName } from "./stack-name";
import { synthesis } from "./synthesized-stacks";

const targets = Object.keys(exporters);
const nothingWritten = "nothing was written";

const exportCommand: Command = {
  name: "export",
  positionals: { ...environmentArgument, folder: "folder to which the files are written" },
  options: {
    for: { type: "string", value: "program", help: `program that applies the export: ${targets.join(", ")}` },
  },
  help: `
Writes everything that an environment deploys to a folder, to be applied without Terraform:

  helm  manifests, Helm values, and the script install.sh, which applies them with helm and kubectl

Objects and values are the same that Terraform applies. README.md in the folder describes how to apply them, and lists
the Secrets that must exist, with the commands that create them. The export contains no secret. docs/gitops.md contains
an example.

The folder must be empty or contain an earlier export of the same environment for the same program. The command then
replaces the files of the earlier export, and no other file. It writes the same bytes for the same settings.

Before it writes, it makes the checks of \`deploy\` that need no cluster: promtool and amtool check rules and
notifications, and the scenarios of changed alerts are played.

Exit code 0: the export is written. 1: a setting is faulty, the environment cannot be exported, or the folder contains
other files; nothing was written.`,
  async run(given) {
    const environment = environmentOf(given);
    await exportEnvironment(environment, loadEnvironments(), { folder: String(given.folder), for: given.for });
    return 0;
  },
};

/** The arguments of an export. */
export interface ExportArguments {
  readonly folder: string;
  /** The program that applies the export. Any other text is a fault. */
  readonly for: Given[string];
}

/**
 * Writes an environment to a folder. All environments are synthesised, as for every other command.
 * @throws {Faults} with all faults, before any file is written.
 */
export async function exportEnvironment(
  environment: Environment,
  all: readonly Environment[],
  { folder, for: target }: ExportArguments,
): Promise<void> {
  const { stacks, signals } = synthesis(all, [
    ...targetFaults(target),
    ...exportFaults(environment),
    ...folderFaults(folder, { environment: environment.name, for: String(target) }),
  ]);
  const own = stacks.filter((stack) => stackName(stack.name).environment === environment.name);
  const files = exporters[target as Target](environment, layersOf(own));
  const wanted: Export = { environment: environment.name, for: String(target), files };
  refuseAny(overwrittenFiles(folder, wanted));
  for (const [{ name }, content] of signals) {
    if (name === environment.name) checkWithPrograms(content, undefined, nothingWritten);
  }
  await checkOverrideStories(environment, undefined, nothingWritten);
  const deleted = writeExport(folder, wanted);
  for (const path of deleted) console.log(`deleted: ${path}`);
  console.log(`${files.size + 1} files are written to ${folder}. README.md describes how to apply them.`);
}

function targetFaults(given: Given[string]): readonly Fault[] {
  if (typeof given === "string" && targets.includes(given)) return [];
  return [
    {
      place: "--for",
      ...(typeof given === "string" && { value: given }),
      rule: `must be one of: ${targets.join(", ")}`,
      remedy: "add `--for` with the program that applies the export",
    },
  ];
}

if (require.main === module) void start(exportCommand);
