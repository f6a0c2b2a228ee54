import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readStdout } from "../child";
import { freePort, whileRunning } from "./background";

/** The programs of an ERP on this machine, each by its address. */
export interface RunningErp {
  readonly api: string;
  readonly worker: string;
  readonly redis: string;
}

/** What runs, as evidence files state it. */
export const erpCommand = "npm run erp -- --traffic 5";

/** Requests and tasks of every kind have happened by then, and beat has sent its first task. */
const trafficSeconds = 90;

/**
 * Does something while the ERP runs on this machine with its servers, after some traffic. It needs no cluster.
 *
 * @param variables environment variables of the ERP
 */
export async function whileErpRuns<T>(
  work: (erp: RunningErp) => Promise<T>,
  variables: Readonly<Record<string, string>> = {},
): Promise<T> {
  await readStdout("erp/virtualenv", [resolve("erp", "requirements.txt")]);
  const [api, worker, redis] = [await freePort(), await freePort(), await freePort()];
  const ports = ["--port", api, "--worker-port", worker, "--redis-port", redis].map(String);
  const url = `http://127.0.0.1:${api}`;
  const env = { ...process.env, ...variables };
  const program = { path: "erp/run", args: [...ports, "--traffic", "5"], env, url: `${url}/healthz/ready` };
  return whileRunning(program, async () => {
    await sleep(trafficSeconds * 1000);
    // The ERP says what it reaches as readiness last saw it, and nobody asks for that here.
    await fetch(program.url);
    return work({ api: url, worker: `http://127.0.0.1:${worker}`, redis: `redis://127.0.0.1:${redis}` });
  });
}
