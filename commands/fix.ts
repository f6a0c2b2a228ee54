import { child } from "./child";
import { start } from "./command";

start({
  name: "fix",
  positionals: {},
  options: {},
  help: `
Corrects the format, and the findings of the linter that Biome can correct safely. Changes files in place; \`git diff\` shows
what it changed. Exits 1 when findings remain that need a decision.`,
  run: async () =>
    (await child("npx", ["--no-install", "biome", "check", "--write", "."], { onLine: console.log })).code,
});
