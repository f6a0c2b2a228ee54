import { readEvidence } from "../../kit/metrics/read-evidence";
import { plainVersion } from "../../subjects/program-versions";
import { freePort } from "../free-port";
import { repositoryProgramPath } from "../repository-program";
import { request } from "../request";
import type { Capture, Captured } from "./capture";
import { erpCommand, whileErpRuns } from "./running-erp";
import { labelIn } from "./scraped-version";
import { whileRunning } from "./while-running";

/** Captures the real exporter with the Redis of an ERP on this machine. */
export async function captureRedis({ source }: Captured): Promise<Capture> {
  const path = repositoryProgramPath("redis_exporter");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/metrics`;
  const text = await whileErpRuns(({ redis }) => {
    const args = [`--redis.addr=${redis}`, `--web.listen-address=127.0.0.1:${port}`];
    return whileRunning({ path, args, url }, async () => (await request(url)).text());
  });
  const scrape = readEvidence(text);
  return {
    source,
    version: plainVersion(labelIn(scrape, "redis_exporter_build_info", "version") ?? ""),
    command: `redis_exporter in front of the Redis of ${erpCommand}, asked for /metrics`,
    behind: `Redis ${labelIn(scrape, "redis_instance_info", "redis_version")} with queues and cache`,
    text,
  };
}
