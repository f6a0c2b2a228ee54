import { join } from "node:path";
import type { PageDashboard } from "../../preview/src/session";
import { CommandError } from "../command";
import { startWaiting } from "../waiting-process";

const program = join(__dirname, "print-dashboards.ts");

/** A process that reads the sources of the dashboards when it is asked for them. */
export interface DashboardReader {
  /**
   * The dashboards as the sources are now. Call it once.
   * @throws {CommandError} with the faults of the sources
   */
  readonly read: () => Promise<readonly PageDashboard[]>;
  readonly stop: () => void;
}

/** Starts a process that will read the dashboards of an environment. */
export function startReader(environment: string): DashboardReader {
  const { proceed, stop } = startWaiting(program, [environment], "pipe");
  return {
    async read() {
      const { code, stdout, stderr } = await proceed();
      if (code !== 0) throw new CommandError(stderr.trim());
      return JSON.parse(stdout);
    },
    stop,
  };
}
