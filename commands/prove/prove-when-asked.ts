import { text } from "node:stream/consumers";
import { execute } from "../command";
import { prove } from "../prove";
import { loadSourcePackages } from "../source-packages";

/** Runs as a process of its own: loads the packages, waits for the end of the standard input, and then runs `prove`. */
async function main(args: readonly string[]): Promise<void> {
  await loadSourcePackages();
  await text(process.stdin);
  process.exitCode = await execute(prove, args);
}

void main(process.argv.slice(2));
