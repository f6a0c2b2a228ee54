import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { whileRunning } from "../../commands/evidence/while-running";
import { freePort } from "../../commands/free-port";
import type { Recording } from "../../commands/preview/recording";
import { lokiOfAnyAge, pushLines } from "../../commands/preview/replayed-loki";
import { request } from "../../commands/request";
import { inTemporaryFolder } from "../../commands/temporary-folder";
import { toolPath } from "../../commands/tool";
import { folderBytes } from "./prometheus-disk";

/** Bytes of a line: as it is, in the chunks with its share of the index, and in the write-ahead log. */
export interface LineBytes {
  readonly raw: number;
  readonly stored: number;
  readonly wal: number;
}

/** Sends the lines of the recordings to a Loki, which then writes all of its chunks. */
export function lineBytes(recordings: readonly Recording[]): Promise<LineBytes> {
  const lines = recordings.flatMap(({ streams }) => streams.flatMap((stream) => stream.lines));
  const raw = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return whileLokiRuns(async (url, folder) => {
    await pushLines(url, recordings);
    // Records are written to the log after a moment.
    await sleep(5000);
    const wal = folderBytes(join(folder, "wal"));
    await request(`${url}/flush`, { method: "POST" });
    const stored = await settled(() => folderBytes(join(folder, "chunks")));
    const index = folderBytes(join(folder, "tsdb-shipper-active"));
    return { raw: raw / lines.length, stored: (stored + index) / lines.length, wal: wal / lines.length };
  });
}

/** Memory of a Loki that gets lines. */
export interface MemoryPoint {
  readonly linesPerSecond: number;
  /** Highest resident memory, in bytes. */
  readonly bytes: number;
}

const rates = [10, 500, 2000];

const seconds = 120;

/** Starts a Loki for each rate, one after the other, and sends lines of the recordings to it for two minutes. */
export async function memoryPoints(recordings: readonly Recording[]): Promise<readonly MemoryPoint[]> {
  const points: MemoryPoint[] = [];
  for (const linesPerSecond of rates) {
    points.push(await whileLokiRuns((url) => memoryPoint(url, recordings, linesPerSecond)));
  }
  return points;
}

async function memoryPoint(
  url: string,
  recordings: readonly Recording[],
  linesPerSecond: number,
): Promise<MemoryPoint> {
  const lines = recordings.flatMap(({ streams }) =>
    streams.flatMap(({ labels, lines: own }) => own.map((line) => ({ stream: labels, line }))),
  );
  let bytes = 0;
  for (let second = 0; second < seconds; second++) {
    const started = Date.now();
    const now = BigInt(started) * 1_000_000n;
    const batch = Array.from({ length: linesPerSecond }, (_, index) => {
      const { stream, line } = lines[(second * linesPerSecond + index) % lines.length] ?? {
        stream: {},
        line: undefined,
      };
      return { stream, values: [[String(now + BigInt(index)), line?.text ?? "", line?.metadata ?? {}]] };
    });
    const response = await request(`${url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ streams: batch }),
    });
    if (!response.ok) throw new Error(`Loki refused lines: ${await response.text()}`);
    const metrics = await (await request(`${url}/metrics`)).text();
    bytes = Math.max(bytes, Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]));
    await sleep(Math.max(0, 1000 - (Date.now() - started)));
  }
  return { linesPerSecond, bytes };
}

function whileLokiRuns<T>(work: (url: string, folder: string) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    mkdirSync(join(folder, "rules"), { recursive: true });
    const [http, grpc] = [await freePort(), await freePort()];
    const configuration = join(folder, "loki.json");
    writeFileSync(configuration, JSON.stringify(lokiOfAnyAge(folder, http, grpc)));
    const url = `http://127.0.0.1:${http}`;
    const program = { path: toolPath("loki"), args: [`-config.file=${configuration}`], url: `${url}/ready` };
    return whileRunning(program, () => work(url, folder));
  });
}

/** The figure as soon as it has been the same for ten seconds. */
async function settled(read: () => number): Promise<number> {
  for (let before = read(); ; ) {
    await sleep(10_000);
    const now = read();
    if (now === before && now > 0) return now;
    before = now;
  }
}
