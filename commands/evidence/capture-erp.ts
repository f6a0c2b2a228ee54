import type { Capture, Captured } from "./capture";
import { erpCommand, type RunningErp, whileErpRuns } from "./running-erp";

/** The ERP's API under traffic, with its servers and a worker, on this machine. */
export function captureErpApi(captured: Captured): Promise<Capture> {
  return capture(captured, "api", "traffic, PostgreSQL, Redis and a worker");
}

/** The ERP's worker with the tasks of the traffic and of beat, on this machine. */
export function captureErpWorker(captured: Captured): Promise<Capture> {
  return capture(captured, "worker", "tasks of the traffic and of beat, PostgreSQL and Redis");
}

async function capture({ source, version }: Captured, program: "api" | "worker", behind: string): Promise<Capture> {
  const scrape = async (erp: RunningErp) => (await fetch(`${erp[program]}/metrics`)).text();
  const text = await whileErpRuns(scrape, { APP_VERSION: version });
  return { source, version, command: `${erpCommand}, its ${program} asked for /metrics`, behind, text };
}
