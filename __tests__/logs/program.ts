import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { request } from "../../commands/request";

/** A program that a test runs on the loopback address. */
export interface Running {
  readonly url: string;
  /** The output of the program so far. */
  readonly output: () => string;
  /** Ends the program with a signal, and waits for its end. */
  readonly stop: (signal?: "SIGTERM" | "SIGKILL") => Promise<void>;
}

/** Starts a program, and waits until a path of it answers. It gets the given environment variables beside its own. */
export async function program(
  path: string,
  args: readonly string[],
  url: string,
  ready: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const started = spawn(path, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  const output: string[] = [];
  for (const stream of [started.stdout, started.stderr]) stream.on("data", (part) => output.push(String(part)));
  const ended = once(started, "exit");
  const answers = () =>
    request(`${url}${ready}`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(
    async () => started.exitCode !== null || (await answers()),
    () => output.join(""),
  ).catch((error) => {
    started.kill("SIGKILL");
    throw error;
  });
  if (started.exitCode !== null) throw new Error(`the program ended:\n${output.join("")}`);
  return {
    url,
    output: () => output.join(""),
    async stop(signal = "SIGTERM") {
      started.kill(signal);
      await ended;
    },
  };
}

/** Waits up to half a minute until a condition is true. */
export async function until(holds: () => boolean | Promise<boolean>, output: () => unknown = () => ""): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await after(50)) if (await holds()) return;
  throw new Error(`the condition is still false after half a minute: ${output()}`);
}
