import { child } from "./child";
import { start } from "./command";

start({
  name: "fix",
  positionals: {},
  options: {},
  help: `
Corrects the format, and the linter findings that Biome can correct safely. Changes files in place; \`git diff\` shows
the changes.

Exit code 0: no findings remain. 1: findings remain that you must correct by hand.`,
  run: async () =>
    (await child("npx", ["--no-install", "biome", "check", "--write", "."], { onLine: console.log })).code,
});
