import { readFileSync } from "node:fs";
import { refuseAny } from "../faults";
import { changelogFaults } from "./changelog";
import { type Command, CommandError, start } from "./command";

const preversion: Command = {
  name: "preversion",
  positionals: {},
  options: {},
  help: `
Checks that CHANGELOG.md has a section for the version that you release. \`npm version <version>\` runs this check
first; then npm writes the version to package.json and package-lock.json, commits them, and tags the commit.

Exit code 0: the version can be released. 1: CHANGELOG.md does not describe the version, and nothing was changed.`,
  run() {
    // https://docs.npmjs.com/cli/v10/commands/npm-version
    const version = process.env.npm_new_version;
    if (version === undefined) throw new CommandError("Run `npm version <version>`, which runs this check first.");
    refuseAny(changelogFaults(readFileSync("CHANGELOG.md", "utf8"), version), "nothing was changed");
    return 0;
  },
};

if (require.main === module) void start(preversion);
