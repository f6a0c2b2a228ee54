import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "../main";
import { loadEnvironments } from "../settings/load-environments";
import { synthesizeAliased } from "./cdktn/aliased-copy";
import { libraryVersion, readFiles, synthDifferences } from "./cdktn/synth-differences";
import { type Command, CommandError, start } from "./command";

/** The release of cdktn that this project could change to, as `docs/leaving-cdktf.md` describes. */
const version = "0.24.0";

export const testCdktn: Command = {
  name: "test:cdktn",
  positionals: {},
  options: {},
  help: `
Synthesises all environments twice: with cdktf, and in a temporary copy of the project with cdktn ${version}. Compares
all files, ignores the version of the library, and prints every difference. npm downloads cdktn. Nothing outside the
temporary folder changes.

Exit code 0: both outputs are equal. 1: there are differences, or the copy cannot be installed or synthesised.`,
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), "erp-observability-cdktn-"));
    try {
      const [ours, theirs] = [join(folder, "cdktf.out"), join(folder, "cdktn.out")];
      synthesize(loadEnvironments(), ours);
      await synthesizeAliased(join(folder, "copy"), `npm:cdktn@${version}`, theirs);
      const [before, after] = [readFiles(ours), readFiles(theirs)];
      if (libraryVersion(after) !== version)
        throw new CommandError(`The copy was synthesised with ${libraryVersion(after)}, not with cdktn ${version}.`);
      const differences = synthDifferences(before, after);
      for (const difference of differences) console.log(difference);
      console.log(
        `${differences.length} differences between cdktf ${libraryVersion(before)} and cdktn ${version}, in ${before.size} files.`,
      );
      return differences.length === 0 ? 0 : 1;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

if (require.main === module) void start(testCdktn);
