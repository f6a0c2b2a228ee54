import { check } from "./checks";
import { start } from "./command";

start({
  name: "check",
  positionals: {},
  options: {},
  help: `Checks the shape of the code: format and lint (Biome), types (TypeScript), and which folder imports which
(dependency-cruiser). Changes nothing; \`npx biome check --write\` mends what can be mended by itself.
Exits 1 when one of them finds something.`,
  run: async () => {
    const results = await check();
    return results.every(({ passed }) => passed) ? 0 : 1;
  },
});
