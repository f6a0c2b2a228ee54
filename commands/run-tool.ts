import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";

/** Runs a tool with these arguments to its end. */
export type Run = (...args: string[]) => Outcome;

export interface Outcome {
  readonly status: number | null;
  readonly output: string;
  /** The output, if the tool ended with anything but 0. @default the tool ended with 0 */
  readonly failure?: string;
}

/** promtool makes a database for each story: in memory all of them take a third of the time less. */
const scratch = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Each story leaves a database behind: collecting them less often takes promtool a third of the time less. */
const memory = { GOGC: "400", GOMEMLIMIT: "2GiB" };

/** A program that takes longer than this waits for something that will not happen. */
const longestMinutes = 15;

/** promtool prints every value that it was asked for. */
const mostOutput = 2 ** 28;

/** @param path of the tool */
export function runTool(path: string): Run {
  return (...args) => {
    const env = { ...memory, ...process.env, TMPDIR: scratch };
    const limits = { maxBuffer: mostOutput, timeout: longestMinutes * 60_000, killSignal: "SIGKILL" } as const;
    const { status, stdout, stderr, error } = spawnSync(path, args, { encoding: "utf8", env, ...limits });
    const late = (error as NodeJS.ErrnoException | undefined)?.code === "ETIMEDOUT";
    const output = `${stdout ?? ""}${stderr ?? ""}${late ? `${path} did not end within ${longestMinutes} minutes.` : ""}`;
    return { status, output, ...(status !== 0 && { failure: output }) };
  };
}
