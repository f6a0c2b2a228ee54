import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { PageDashboard } from "../../preview/src/session";
import { CommandError } from "../command";

const root = join(__dirname, "..", "..");
const program = join(root, "commands", "preview", "print-dashboards.ts");

/** A process that has loaded the packages, and reads the sources of the dashboards when it is asked for them. */
export interface DashboardReader {
  /**
   * The dashboards as the sources are now. Call it once.
   * @throws {CommandError} with the faults of the sources
   */
  readonly read: () => Promise<readonly PageDashboard[]>;
  readonly stop: () => void;
}

/** Starts a process that will read the dashboards of an environment: sources are read once in each process. */
export function startReader(environment: string): DashboardReader {
  const started = spawn(process.execPath, ["--import", "tsx", program, environment], { cwd: root });
  const printed = Promise.all([text(started.stdout), text(started.stderr)]);
  const code = new Promise<number>((resolve, reject) => {
    started.on("close", (ended) => resolve(ended ?? 1));
    started.on("error", reject);
  });
  started.stdin.on("error", () => {});
  return {
    async read() {
      started.stdin.end();
      const [stdout, stderr] = await printed;
      if ((await code) !== 0) throw new CommandError(stderr.trim());
      return JSON.parse(stdout);
    },
    stop: () => started.kill(),
  };
}
