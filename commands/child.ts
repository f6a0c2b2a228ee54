import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { CommandError } from "./command";
import { interruptions } from "./interruption";

export interface ChildOptions {
  /** The directory in which the program runs. @default the directory of this process */
  readonly cwd?: string;
  /** The environment variables that the program gets. @default the variables of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** The text that is written to the program's standard input. @default the standard input is empty */
  readonly input?: string;
  /**
   * The function that is called with each line of both output streams as soon as it is complete.
   * @default no function is called
   */
  readonly onLine?: (line: string) => void;
  /**
   * Whether this process, when it is interrupted, waits until the program has finished its current operation.
   * @default false: the program ends with this process
   */
  readonly finishesOperation?: boolean;
  /**
   * The time after which a program that does not end is killed, in minutes.
   * @default 30; no limit with `finishesOperation`, because a killed operation loses state
   */
  readonly longestMinutes?: number;
  /** The signal that ends the program early. @default the program runs to its end */
  readonly abort?: AbortSignal;
}

export interface ChildResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the program was asked to end early. */
  readonly interrupted: boolean;
}

/**
 * Runs a program to its end and returns its result, also if its exit code is not 0.
 * @throws {CommandError} when the program is not installed, or does not end.
 */
export async function child(
  program: string,
  args: readonly string[],
  options: ChildOptions = {},
): Promise<ChildResult> {
  const { cwd, env, input, onLine, finishesOperation = false, abort } = options;
  const { longestMinutes = finishesOperation ? undefined : 30 } = options;
  // In its own process group. In ours, the terminal would send it a second Ctrl-C, at which Terraform stops without
  // saving its state.
  const started = spawn(program, args, { cwd, env, detached: finishesOperation, signal: abort });
  const interruption = finishesOperation
    ? forwardInterruptOnce(started, program)
    : { asked: () => false, stop: () => {} };
  started.stdin.on("error", () => {}).end(input);
  const outputs = Promise.all([readLines(started.stdout, onLine), readLines(started.stderr, onLine)]);
  const limit = longestMinutes === undefined ? undefined : limitTime(started, [program, ...args], longestMinutes);
  try {
    const code = await Promise.race([exitCode(started, program), ...(limit ? [limit.expired] : [])]);
    const [stdout, stderr] = await outputs;
    return { code, stdout, stderr, interrupted: interruption.asked() || abort?.aborted === true };
  } finally {
    limit?.clear();
    interruption.stop();
  }
}

/**
 * Runs a program and returns its standard output.
 * @throws {CommandError} with its standard error, when the program fails.
 */
export async function readStdout(program: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await child(program, args);
  if (code !== 0) throw new CommandError(`\`${program} ${args.join(" ")}\` failed: ${stderr.trim()}`);
  return stdout.trim();
}

function exitCode(started: ChildProcess, program: string): Promise<number> {
  return new Promise((resolve, reject) => {
    started.on("close", (code) => resolve(code ?? 1));
    started.on("error", (error: NodeJS.ErrnoException) => {
      // The program was asked to end. `close` follows when it has ended.
      if (error.name === "AbortError") return;
      reject(
        error.code === "ENOENT"
          ? new CommandError(`\`${program}\` was not found: install it, or add it to PATH.`)
          : error,
      );
    });
  });
}

/** Kills a program that runs too long. Its own children may keep its output open, so nobody waits for that. */
function limitTime(started: ChildProcess, command: readonly string[], minutes: number) {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      started.kill("SIGKILL");
      started.stdout?.destroy();
      started.stderr?.destroy();
      reject(new CommandError(`\`${command.join(" ")}\` did not end within ${minutes} minutes, and was killed.`));
    }, minutes * 60_000);
  });
  return { expired, clear: () => clearTimeout(timer) };
}

async function readLines(stream: Readable, onLine: ChildOptions["onLine"]): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stream })) {
    lines.push(line);
    onLine?.(line);
  }
  return lines.join("\n");
}

/** Forwards the first interruption to the program, which then takes the time that it needs. Ignores further ones. */
function forwardInterruptOnce(started: ChildProcess, program: string) {
  let asked = false;
  const forward = () => {
    if (asked) {
      return console.error(
        `${program} is still finishing its current operation. Stopping it now would leave changes unrecorded.`,
      );
    }
    asked = true;
    console.error(
      `\nInterrupted: ${program} finishes its current operation and starts no other. A Helm release can take minutes.`,
    );
    started.kill("SIGINT");
  };
  for (const signal of interruptions) process.on(signal, forward);
  return {
    asked: () => asked,
    stop: () => {
      for (const signal of interruptions) process.off(signal, forward);
    },
  };
}
