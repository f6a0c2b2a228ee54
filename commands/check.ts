import { check } from "./checks";
import { start } from "./command";

start({
  name: "check",
  positionals: {},
  options: {},
  help: `Checks format and lint (Biome), types (TypeScript), imports between folders (dependency-cruiser), and that every file
of a subject is listed. Changes nothing; \`npm run fix\` corrects what can be corrected automatically.
Exits 1 when one of them finds something.`,
  run: async () => {
    const results = await check();
    return results.every(({ passed }) => passed) ? 0 : 1;
  },
});
