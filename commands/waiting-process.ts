import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { forgetChangedSources } from "./changed-sources";

const root = join(__dirname, "..");

/** A process that has loaded the sources, and loads those again that have changed when it is asked to continue. */
export interface WaitingProcess {
  /** Lets the program continue, and waits until it ends. Call it once. */
  readonly proceed: () => Promise<EndedProcess>;
  readonly stop: () => void;
}

export interface EndedProcess {
  readonly code: number;
  /** The outputs of the program. Empty if they are those of this process. */
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts a program in a process of its own, because sources are read once in each process. The program must begin with
 * `untilAsked`.
 *
 * @param output whether the outputs are read, or are those of this process
 */
export function startWaiting(program: string, args: readonly string[], output: "pipe" | "inherit"): WaitingProcess {
  const started = spawn(process.execPath, ["--import", "tsx", program, ...args], {
    cwd: root,
    stdio: ["pipe", output, output],
  });
  const read = (stream: Readable | null) => (stream ? text(stream) : "");
  const ended = Promise.all([once(started, "close"), read(started.stdout), read(started.stderr)]);
  started.stdin?.on("error", () => {});
  return {
    async proceed() {
      started.stdin?.end();
      const [[code], stdout, stderr] = await ended;
      return { code: code ?? 1, stdout, stderr };
    },
    stop: () => started.kill(),
  };
}

/**
 * In the started process: waits until it is asked to continue, by the end of its standard input. Until then, it can load
 * the sources. Those that have changed when it is asked are loaded again.
 *
 * @param loadAhead loads the sources with `require`
 */
export async function untilAsked(loadAhead: () => void): Promise<void> {
  const start = Date.now();
  try {
    loadAhead();
  } catch {
    // Sources that are being edited may fail to load. The next attempt reports it.
  }
  await text(process.stdin);
  forgetChangedSources(start);
}
