import { checkConfigFile } from "./check-config-file";
import { check } from "./checks";
import { start } from "./command";

start({
  name: "check",
  positionals: {},
  operands: {
    name: "file",
    help: "checks only these files of config/, in about a second: for editors and pre-commit hooks",
  },
  options: {},
  help: `
Checks format and lint (Biome), types (TypeScript), imports between folders (dependency-cruiser), that every file of a
subject is listed, and that no text contains a word of commands/words/unused-words.ts. Changes nothing;
\`npm run fix\` corrects what can be corrected automatically.

With files of config/, it checks only whether their environments are valid, and whether the rules, the dashboards and
the notifications that follow from them are sound. \`npm run synth\` also checks the values that environments must not
share.

Exit code 0: nothing is wrong. 1: something is wrong.`,
  run: async (_, files) => {
    const results = files.length > 0 ? files.map(checkConfigFile) : await check();
    return results.every(({ passed }) => passed) ? 0 : 1;
  },
});
