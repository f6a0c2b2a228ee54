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
   * Whether an interruption of this process waits until the program has ended in order.
   * @default false: the program ends with this process
   */
  readonly endsInOrder?: boolean;
  /** The signal that ends the program before its time. @default the program runs to its end */
  readonly abort?: AbortSignal;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was asked to end before its time. */
  readonly interrupted: boolean;
}

/**
 * Runs a program to its end, whatever its exit code is.
 * @throws {CommandError} when it is not there.
 */
export async function child(program: string, args: readonly string[], options: ChildOptions = {}): Promise<Ended> {
  const { cwd, env, input, onLine, endsInOrder = false, abort } = options;
  // A process group of its own: the terminal would send it Ctrl-C besides us, and two of them make Terraform give up its state.
  const started = spawn(program, args, { cwd, env, detached: endsInOrder, signal: abort });
  const interruption = endsInOrder ? passOnInterruptOnce(started, program) : { asked: () => false, stop: () => {} };
  started.stdin.on("error", () => {}).end(input);
  const outputs = Promise.all([readLines(started.stdout, onLine), readLines(started.stderr, onLine)]);
  try {
    const code = await exitCode(started, program);
    const [stdout, stderr] = await outputs;
    return { code, stdout, stderr, interrupted: interruption.asked() || abort?.aborted === true };
  } finally {
    interruption.stop();
  }
}

/**
 * Runs a program and returns what it wrote to its standard output.
 * @throws {CommandError} with its standard error, when it fails.
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
      // It was asked to end, and closes when it has.
      if (error.name === "AbortError") return;
      reject(
        error.code === "ENOENT"
          ? new CommandError(`\`${program}\` is not there: install it, or put it on the PATH.`)
          : error,
      );
    });
  });
}

async function readLines(stream: Readable, onLine: ChildOptions["onLine"]): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stream })) {
    lines.push(line);
    onLine?.(line);
  }
  return lines.join("\n");
}

/** However often we are interrupted, the program hears of it once and takes the time that it needs. */
function passOnInterruptOnce(started: ChildProcess, program: string) {
  let asked = false;
  const passOn = () => {
    if (asked)
      return console.error(`${program} is ending what it has begun; stopping it now would leave that unrecorded.`);
    asked = true;
    console.error(
      `\nInterrupted: ${program} ends what it has begun and begins nothing new. A release can take minutes.`,
    );
    started.kill("SIGINT");
  };
  for (const signal of interruptions) process.on(signal, passOn);
  return {
    asked: () => asked,
    stop: () => {
      for (const signal of interruptions) process.off(signal, passOn);
    },
  };
}
