import { spawn } from "node:child_process";
import { once } from "node:events";
import { CannotRun } from "./cannot-run";

/** Time after which a command of the user is stopped. */
const longestSeconds = 60;

/**
 * Runs a command of the user in a shell.
 * @throws {CannotRun} with its output, if it fails or does not end.
 */
export async function runCommand(command: string): Promise<void> {
  const started = spawn(command, {
    shell: true,
    stdio: ["ignore", "pipe", "pipe"],
    signal: AbortSignal.timeout(longestSeconds * 1000),
  });
  let output = "";
  for (const stream of [started.stdout, started.stderr]) {
    stream.on("data", (part) => {
      output += part;
    });
  }
  const failure = await once(started, "exit").then(
    ([code]) => (code === 0 ? undefined : `exit code ${code}`),
    () => `no end within ${longestSeconds} s`,
  );
  if (failure !== undefined) throw new CannotRun(`\`${command}\` failed (${failure}): ${output.trim()}`);
}
