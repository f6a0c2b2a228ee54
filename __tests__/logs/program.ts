import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";

/** A program that a test runs on the loopback address. */
export interface Running {
  readonly url: string;
  /** What it has said so far. */
  readonly said: () => string;
  /** Asks it to end, or ends it without asking. */
  readonly stop: (signal?: "SIGTERM" | "SIGKILL") => Promise<void>;
}

/** Starts a program, and waits until a path of it answers. */
export async function program(path: string, args: readonly string[], url: string, ready: string): Promise<Running> {
  const started = spawn(path, args, { stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  for (const output of [started.stdout, started.stderr]) output.on("data", (part) => said.push(String(part)));
  const ended = once(started, "exit");
  const answers = () =>
    fetch(`${url}${ready}`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(
    async () => started.exitCode !== null || (await answers()),
    () => said.join(""),
  );
  if (started.exitCode !== null) throw new Error(`it ended:\n${said.join("")}`);
  return {
    url,
    said: () => said.join(""),
    async stop(signal = "SIGTERM") {
      started.kill(signal);
      await ended;
    },
  };
}

/** Waits for up to half a minute until something holds. */
export async function until(holds: () => boolean | Promise<boolean>, said: () => unknown = () => ""): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await after(50)) if (await holds()) return;
  throw new Error(`after half a minute still not: ${said()}`);
}
