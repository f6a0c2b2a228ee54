import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LogAlert } from "../../kit/alerts/log-alert";
import { whileRunning } from "../evidence/while-running";
import { freePort } from "../free-port";
import { lokiOfAnyAge } from "../preview/replayed-loki";
import { inTemporaryFolder } from "../temporary-folder";
import { toolPath } from "../tool";
import { LogScenarios } from "./log-scenarios";
import { logStore } from "./log-store";
import type { PlayedScenario } from "./played-scenario";

/**
 * Plays the scenarios of alerts on logs in a real Loki.
 * @throws {CommandError} when there is no Loki, or when it does not start
 */
export function playLogAlerts(alerts: readonly LogAlert[]): Promise<ReadonlyMap<LogAlert, readonly PlayedScenario[]>> {
  return inTemporaryFolder(async (folder) => {
    const [http, grpc] = [await freePort(), await freePort()];
    const file = join(folder, "loki.json");
    // Each scenario has a tenant of its own, and ends before anything must be written to a disk.
    const { ingester, ...configuration } = lokiOfAnyAge(folder, http, grpc);
    writeFileSync(
      file,
      JSON.stringify({
        ...configuration,
        auth_enabled: true,
        ingester: { ...ingester, max_chunk_age: "24h", wal: { enabled: false } },
      }),
    );
    mkdirSync(join(folder, "rules"));
    const url = `http://127.0.0.1:${http}`;
    const program = { path: toolPath("loki"), args: [`-config.file=${file}`], url: `${url}/ready` };
    return whileRunning(program, async () => {
      const scenarios = new LogScenarios(logStore(url));
      return new Map(await Promise.all(alerts.map(async (alert) => [alert, await scenarios.observe(alert)] as const)));
    });
  });
}
