import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const program = join(__dirname, "prove-when-asked.ts");

/** A process that has loaded the packages, and plays the scenarios when it is asked to. */
export interface WaitingProof {
  /** Plays the scenarios as the sources are now, and prints the report. Call it once. */
  readonly play: () => Promise<void>;
  readonly stop: () => void;
}

/** Starts a process that will run `prove` with these arguments: sources are read once in each process. */
export function startProof(args: readonly string[]): WaitingProof {
  const started = spawn(process.execPath, ["--import", "tsx", program, ...args], {
    cwd: root,
    stdio: ["pipe", "inherit", "inherit"],
  });
  const closed = once(started, "close");
  started.stdin.on("error", () => {});
  return {
    async play() {
      started.stdin.end();
      await closed;
    },
    stop: () => started.kill(),
  };
}
