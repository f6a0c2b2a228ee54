import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../free-port";
import { request } from "../request";
import { pythonOf } from "./python";
import { whileRunning } from "./while-running";

/** Addresses of the programs of an ERP on this machine. */
export interface RunningErp {
  readonly api: string;
  readonly worker: string;
  readonly redis: string;
}

/** The command that evidence files state. */
export const erpCommand = "npm run erp -- --traffic 10";

/** Seconds after which the traffic has called each route and beat has sent heartbeats. */
const trafficSeconds = 60;

/**
 * Runs work while the reference ERP runs under traffic on this machine, started in the same way as by `npm run erp`.
 *
 * @param variables environment variables of the ERP
 */
export async function whileErpRuns<T>(
  work: (erp: RunningErp) => Promise<T>,
  variables: Readonly<Record<string, string>> = {},
): Promise<T> {
  // The virtual environment is created first, because the start below has a time limit.
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
    // The ERP updates the metrics of its dependencies on a readiness request, which nothing else sends here.
    await request(program.url);
    return work({ api: url, worker: `http://127.0.0.1:${worker}`, redis: `redis://127.0.0.1:${redis}` });
  });
}
