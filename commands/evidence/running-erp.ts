import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, whileRunning } from "./background";
import { pythonOf } from "./python";

/** The programs of an ERP on this machine, each by its address. */
export interface RunningErp {
  readonly api: string;
  readonly worker: string;
  readonly redis: string;
}

/** What runs, as evidence files state it. */
export const erpCommand = "npm run erp -- --traffic 10";

/** Seconds after which the traffic has called each route, and beat has sent heartbeats. */
const trafficSeconds = 60;

/**
 * Does something while the reference ERP runs on this machine under traffic, started as `npm run erp` does it.
 *
 * @param variables environment variables of the ERP
 */
export async function whileErpRuns<T>(
  work: (erp: RunningErp) => Promise<T>,
  variables: Readonly<Record<string, string>> = {},
): Promise<T> {
  // Before its first start, which may take no longer than any other.
  await pythonOf("erp");
  const [api, worker, redis] = [await freePort(), await freePort(), await freePort()];
  const ports = ["--port", api, "--worker-port", worker, "--redis-port", redis].map(String);
  const url = `http://127.0.0.1:${api}`;
  const program = {
    path: resolve("erp/run"),
    args: [...ports, "--traffic", "10"],
    env: { ...process.env, ENVIRONMENT: "local", HEARTBEAT_SECONDS: "1", ...variables },
    url: `${url}/healthz/ready`,
  };
  return whileRunning(program, async () => {
    await sleep(trafficSeconds * 1000);
    // The ERP says what it reaches as readiness last saw it, and nobody asks for that here.
    await fetch(program.url);
    return work({ api: url, worker: `http://127.0.0.1:${worker}`, redis: `redis://127.0.0.1:${redis}` });
  });
}
