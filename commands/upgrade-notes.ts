import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { signalsVersion } from "../signals-json";
import { type Command, CommandError, start } from "./command";
import { changesText } from "./comparison/changes-text";
import { type Comparison, compareSynths } from "./comparison/compare-synths";
import { inTemporaryFolder } from "./temporary-folder";
import { extractVersion } from "./upgrade/other-version";
import { refusalText } from "./upgrade/refusal";
import { synthesizeVersion, type Version } from "./upgrade/synthesize-version";

/** Number of changes of an area that are printed without `--all`. */
const most = 8;

export const upgradeNotes: Command = {
  name: "upgrade-notes",
  positionals: { version: "tag or commit of the other version, such as v0.2.0" },
  options: {
    all: { type: "boolean", help: "prints every change and every field" },
    settings: {
      type: "string",
      value: "folder",
      help: "uses this folder as config/ of the other version: a copy of config/ with the changes that the other version requires",
    },
  },
  help: `
Shows what another version of this project changes in your environments, before you merge it. Synthesises your version
and the other one, both with your config/, and compares the results: alerts, notifications, dashboards, lists of kept metrics,
Secrets, versions of charts and images, permissions, network paths, and everything else. Changes that lose data, or
that Terraform or the cluster rejects, come first. Examples are a changed construct id, volume or immutable field of a stateful
object, a shorter retention, a changed storage or schema of Loki, or a removed protection against deletion.

It needs git, but no cluster and no Terraform. It reads the version from the local repository (run \`git fetch --tags\`
to get new ones) and works in a temporary folder, which it always removes. If package-lock.json differs, it runs \`npm
ci\` there.

Exit code 0: the versions were compared, and no change is breaking. 1: a change is breaking; or the other version
refuses your settings, and the command prints what to change in config/; or the other version is faulty; or the
versions could not be compared.`,
  run: ({ version, all, settings = "config" }) =>
    inTemporaryFolder(async (folder, interruption) => {
      const other = { name: String(version), folder: join(folder, "version") };
      const own = { name: "your version", folder: resolve(".") };
      await extractVersion(other.name, other.folder, String(settings), interruption);
      const outputs = { own: join(folder, "own"), other: join(folder, "other") };
      const [ownFaults, faults] = await Promise.all([
        synthesizeVersion(own, outputs.own, interruption),
        synthesizeVersion(other, outputs.other, interruption),
      ]);
      if (ownFaults !== undefined)
        throw new CommandError(`Your own version has faults. Correct them first:\n${ownFaults}`);
      if (faults !== undefined) {
        console.error(refusalText({ name: other.name, settings: String(settings), faults }));
        return 1;
      }
      return report(other, compareSynths(outputs.own, outputs.other), all === true);
    }),
};

/** @returns the exit code */
function report({ name, folder }: Version, { changes, comparesSignals }: Comparison, all: boolean): 0 | 1 {
  console.log(`From ${packageVersion(".")} to ${name} (${packageVersion(folder)}), with your config/:\n`);
  console.log(changesText(changes, { most: all ? Number.POSITIVE_INFINITY : most }));
  if (!comparesSignals) {
    console.log(
      `\n${name} writes no signals.json of version ${signalsVersion}, so alerts, dashboards and routes were compared as resources.`,
    );
  }
  const breaking = changes.filter((change) => change.breaking !== undefined);
  if (breaking.length === 0) {
    console.log(`\nNo change is breaking. Next, read docs/upgrading.md, and CHANGELOG.md of ${name}.`);
    return 0;
  }
  console.error(
    `\nPlan the breaking changes above before you deploy ${name}: they lose data, remove its protection, or fail.`,
  );
  return 1;
}

function packageVersion(folder: string): string {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
}

if (require.main === module) void start(upgradeNotes);
