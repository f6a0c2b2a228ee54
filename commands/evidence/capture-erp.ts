import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { erpWorkerJob } from "../../metrics/celery/erp-worker-metrics";
import { erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { freePort, whileRunning } from "./background";
import type { Capture, Captured } from "./capture";
import { pythonOf } from "./python";

/** Seconds after which the traffic has called each route, and beat has sent heartbeats. */
const trafficSeconds = 60;

/** Programs of the ERP, by their scrape job. */
const programs = {
  [erpApiJob.name]: { option: "--port", behind: "traffic, PostgreSQL, Redis and a worker" },
  [erpWorkerJob.name]: { option: "--worker-port", behind: "tasks of the traffic and of beat, PostgreSQL and Redis" },
};

/** The reference ERP under traffic, started as `npm run erp` does it. */
export async function captureErp({ source, version }: Captured): Promise<Capture> {
  const program = programs[source];
  if (program === undefined) throw new Error(`the ERP has no program ${source}`);
  const { option, behind } = program;
  // Before its first start, which may take no longer than any other.
  await pythonOf("erp");
  const ports = { "--port": await freePort(), "--worker-port": await freePort() };
  const args = [...Object.entries(ports).flat().map(String), "--traffic", "10"];
  const erp = {
    path: resolve("erp/run"),
    args,
    env: { ...process.env, ENVIRONMENT: "local", APP_VERSION: version, HEARTBEAT_SECONDS: "1" },
    url: `http://127.0.0.1:${ports["--port"]}/healthz/ready`,
  };
  const text = await whileRunning(erp, async () => {
    await sleep(trafficSeconds * 1000);
    await fetch(erp.url);
    return (await fetch(`http://127.0.0.1:${ports[option as keyof typeof ports]}/metrics`)).text();
  });
  return {
    source,
    version,
    command: "npm run erp -- --traffic 10, asked for /metrics after a minute",
    behind,
    text,
  };
}
