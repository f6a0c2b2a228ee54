import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "../command";
import { request } from "../request";

export interface Program {
  readonly path: string;
  readonly args: readonly string[];
  /** The directory in which the program runs. @default the directory of this process */
  readonly cwd?: string;
  /** The environment variables that the program gets. @default the variables of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** The address that responds as soon as the program is ready. */
  readonly url: string;
}

const mostSeconds = 60;

/**
 * Runs work while a program runs, and then ends the program.
 * @throws {CommandError} with the standard error of the program, when the program does not become ready.
 */
export async function whileRunning<T>(program: Program, work: () => Promise<T>): Promise<T> {
  const { path, args, cwd, env, url } = program;
  const started = spawn(path, args, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  const ended = readStderr(started);
  try {
    if (await becomesReady(ended, url)) return await work();
  } finally {
    started.kill();
    await ended;
  }
  throw new CommandError(`\`${[path, ...args].join(" ")}\` does not respond at ${url}:\n${await ended}`);
}

/** Reads the standard error of a program until it has ended. */
async function readStderr(started: ChildProcess): Promise<string> {
  let output = "";
  started.stderr?.on("data", (data) => {
    output += data;
  });
  const failure = await once(started, "close").then(
    () => "",
    (error: Error) => error.message,
  );
  return (output + failure).trim();
}

/** @returns false if the program has ended, or takes too long */
async function becomesReady(ended: Promise<string>, url: string): Promise<boolean> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (const deadline = Date.now() + mostSeconds * 1000; !over && Date.now() < deadline; await sleep(200)) {
    if (await answers(url)) return true;
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await request(url)).ok;
  } catch {
    return false;
  }
}
