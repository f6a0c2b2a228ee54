import { erpWorkerJob } from "../../metrics/celery/erp-worker-metrics";
import { erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { request } from "../request";
import type { Capture, Captured } from "./capture";
import { erpCommand, type RunningErp, whileErpRuns } from "./running-erp";

/** Programs of the ERP, by their scrape job. */
const programs: Readonly<Record<string, { readonly name: "api" | "worker"; readonly behind: string }>> = {
  [erpApiJob.name]: { name: "api", behind: "traffic, PostgreSQL, Redis and a worker" },
  [erpWorkerJob.name]: { name: "worker", behind: "tasks of the traffic and of beat, PostgreSQL and Redis" },
};

/** Captures the reference ERP under traffic, on this machine. */
export async function captureErp({ source, version }: Captured): Promise<Capture> {
  const program = programs[source];
  if (program === undefined) throw new Error(`the ERP has no program ${source}`);
  const { name, behind } = program;
  const scrape = async (erp: RunningErp) => (await request(`${erp[name]}/metrics`)).text();
  const text = await whileErpRuns(scrape, { APP_VERSION: version });
  return { source, version, command: `${erpCommand}, asked for /metrics after a minute`, behind, text };
}
