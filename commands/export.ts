import { type Fault, refuseAny } from "../faults";
import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { checkBeforeChanges } from "./check-before-changes";
import { type Command, type Given, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { exportFaults } from "./exporting/export-faults";
import { type Export, folderFaults, overwrittenFiles, writeExport } from "./exporting/export-folder";
import { exporters } from "./exporting/exporters";
import { layersOf } from "./exporting/layers";
import { locationFaults, locationOf } from "./exporting/location";
import { targets } from "./exporting/target";
import { isInCluster } from "./stack-name";
import { synthesis } from "./synthesized-stacks";

const nothingWritten = "nothing was written";

const exportCommand: Command = {
  name: "export",
  positionals: { ...environmentArgument, folder: "folder to which the files are written" },
  options: {
    for: { type: "string", value: "program", help: `program that applies the export: ${targets.join(", ")}` },
    path: {
      type: "string",
      help: "flux, argocd: path of the export in its Git repository; default: the folder, if it is a relative path",
    },
    source: { type: "string", value: "name", help: "flux: name of the GitRepository; default: flux-system" },
    repository: { type: "string", value: "url", help: "argocd: address of the Git repository" },
    revision: { type: "string", help: "argocd: branch or tag of the Git repository; default: HEAD" },
  },
  help: `
Writes everything that an environment deploys to a folder, to be applied without Terraform:

  helm    manifests, Helm values, and the script install.sh, which applies them with helm and kubectl
  flux    manifests, HelmReleases with their sources, and a Kustomization for each stack
  argocd  manifests, and an Application for each stack and each release

Objects and values are the same that Terraform applies. README.md in the folder describes how to apply them, and lists
the Secrets that must exist, with the commands that create them. The export contains no secret. docs/gitops.md contains
an example.

The folder must be empty or contain an earlier export of the same environment for the same program. The command then
replaces the files of the earlier export, and no other file. It writes the same bytes for the same settings.

Before it writes, it makes the checks of \`deploy\` that need no cluster: promtool and amtool check rules and
notifications, the scenarios of changed alerts are played, and the tests of the rules of teams are run.

Exit code 0: the export is written. 1: a setting is faulty, the environment cannot be exported, or the folder contains
other files; nothing was written.`,
  async run(given) {
    const environment = environmentOf(given);
    await exportEnvironment(environment, loadEnvironments(), given);
    return 0;
  },
};

/**
 * Writes an environment to a folder. All environments are synthesised, as for every other command.
 *
 * @param given the arguments of the command: `folder`, `for`, and those of the location
 * @throws {Faults} with all faults, before any file is written.
 */
export async function exportEnvironment(
  environment: Environment,
  all: readonly Environment[],
  given: Given,
): Promise<void> {
  const folder = String(given.folder);
  const target = targets.find((one) => one === given.for);
  const { stacks, signals } = synthesis(all, [
    ...(target ? locationFaults(target, given) : [targetFault(given.for)]),
    ...exportFaults(environment, target),
    ...folderFaults(folder, { environment: environment.name, for: String(given.for) }),
  ]);
  if (target === undefined) return;
  // Terraform continues to manage the project in Sentry.
  const own = stacks.filter(({ name }) => isInCluster(name, environment.name));
  const files = exporters[target](environment, layersOf(own), locationOf(given));
  const wanted: Export = { environment: environment.name, for: target, files };
  refuseAny(overwrittenFiles(folder, wanted));
  for (const [one, content] of signals) {
    if (one.name === environment.name) await checkBeforeChanges(one, content, nothingWritten);
  }
  const deleted = writeExport(folder, wanted);
  for (const path of deleted) console.log(`deleted: ${path}`);
  console.log(`${files.size + 1} files are written to ${folder}. README.md describes how to apply them.`);
}

function targetFault(given: Given[string]): Fault {
  return {
    place: "--for",
    ...(typeof given === "string" && { value: given }),
    rule: `must be one of: ${targets.join(", ")}`,
    remedy: "add `--for` with the program that applies the export",
  };
}

if (require.main === module) void start(exportCommand);
