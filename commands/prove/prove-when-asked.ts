import { execute } from "../command";
import { loadAlerts, prove } from "../prove";
import { untilAsked } from "../waiting-process";

/** Runs as a process of its own, which runs `prove` when it is asked to. */
async function main(args: readonly string[]): Promise<void> {
  await untilAsked(loadAlerts);
  process.exitCode = await execute(prove, args);
}

void main(process.argv.slice(2));
