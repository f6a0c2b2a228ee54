import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { whileRunning } from "../../commands/evidence/while-running";
import { freePort } from "../../commands/free-port";
import type { Labels } from "../../commands/preview/recorded-series";
import type { Recording } from "../../commands/preview/recording";
import { request } from "../../commands/request";
import { inTemporaryFolder } from "../../commands/temporary-folder";
import { toolPath } from "../../commands/tool";

/** Memory of a Prometheus that scrapes series, and has written a block of them. */
export interface MemoryPoint {
  /** Series in the head block. */
  readonly series: number;
  /** Highest resident memory, in bytes. */
  readonly bytes: number;
}

/** How often the recorded series are served, each time by another job. */
const copies = [1, 10, 40];

/** The interval of the ERP's scrape jobs. */
const interval = "15s";

/**
 * The length of a block, instead of two hours. Prometheus needs the most memory while it writes one, and a series then has the
 * chunk that is still filled, as after two hours.
 */
const block = "4m";

const longestSeconds = 900;

/** Starts a Prometheus for each number of copies. Each of them scrapes the series of the recording until it has written a block. */
export function memoryPoints({ series }: Recording): Promise<readonly MemoryPoint[]> {
  const lines = series.map(({ labels }) => exposition(labels));
  return whileServing(lines, (port) => Promise.all(copies.map((targets) => memoryPoint(port, targets))));
}

function memoryPoint(port: number, targets: number): Promise<MemoryPoint> {
  return inTemporaryFolder(async (folder) => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const configuration = {
      global: { scrape_interval: interval },
      scrape_configs: Array.from({ length: targets }, (_, index) => ({
        job_name: `copy-${index}`,
        static_configs: [{ targets: [`127.0.0.1:${port}`] }],
      })),
    };
    writeFileSync(join(folder, "prometheus.json"), JSON.stringify(configuration));
    const args = [
      `--config.file=${join(folder, "prometheus.json")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--storage.tsdb.min-block-duration=${block}`,
      `--storage.tsdb.max-block-duration=${block}`,
      `--web.listen-address=${new URL(url).host}`,
      "--log.level=error",
    ];
    return whileRunning({ path: toolPath("prometheus"), args, url: `${url}/-/ready` }, () => highestMemory(url));
  });
}

async function highestMemory(url: string): Promise<MemoryPoint> {
  const highest = { series: 0, bytes: 0 };
  for (let second = 0; second < longestSeconds; second += 2) {
    await sleep(2000);
    const text = await (await request(`${url}/metrics`)).text();
    highest.series = Math.max(highest.series, figure(text, "prometheus_tsdb_head_series"));
    highest.bytes = Math.max(highest.bytes, figure(text, "process_resident_memory_bytes"));
    if (figure(text, "prometheus_tsdb_compactions_total") > 0) return highest;
  }
  throw new Error(`Prometheus has written no block within ${longestSeconds} seconds.`);
}

/** Serves the lines with values that change from scrape to scrape. */
async function whileServing<T>(lines: readonly string[], work: (port: number) => Promise<T>): Promise<T> {
  let scrapes = 0;
  const bodies = Array.from({ length: 8 }, (_, scrape) =>
    lines.map((line, index) => `${line} ${scrape * (index % 97)}\n`).join(""),
  );
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/plain; version=0.0.4");
    response.end(bodies[scrapes++ % bodies.length]);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** The series as a line of a scrape, without the labels that Prometheus sets for the target. */
function exposition({ __name__, job: _job, instance: _instance, ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${__name__ ?? ""}{${pairs.join(",")}}`;
}

/** The value of a metric without labels. */
function figure(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
}
