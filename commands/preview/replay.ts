import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { whileRunning } from "../evidence/while-running";
import { freePort } from "../free-port";
import { inTemporaryFolder } from "../temporary-folder";
import { toolPath } from "../tool";
import { blocksFolder } from "./blocks";
import type { Recording } from "./recording";
import { readRecording, recordingFiles } from "./recordings";
import { lokiOfAnyAge, pushLines } from "./replayed-loki";
import type { TimedStory } from "./timed-stories";

/** A real Prometheus and a real Loki that contain recordings, at the times at which they were captured. */
export interface Replay {
  /** URL of Prometheus. */
  readonly prometheus: string;
  /** URL of Loki. */
  readonly loki: string;
  /** The slices in the order of time. */
  readonly slices: readonly RecordedSlice[];
}

export type RecordedSlice = Pick<Recording, "name" | "title" | "kind" | "from" | "to">;

export interface ReplayOptions {
  /** Files of the recordings. @default those of `preview/recordings` */
  readonly files?: readonly string[];
  /** The contents of these files, where they have been read already. @default they are read */
  readonly recordings?: readonly Recording[];
  /** Stories of alerts that Prometheus contains too, with the results of their rules. @default none */
  readonly stories?: readonly TimedStory[];
}

/**
 * Runs a function while Prometheus and Loki contain recordings.
 * @throws {CommandError} when one of them is not available, or does not start.
 */
export async function whileReplaying<T>(
  { files = recordingFiles(), recordings = files.map(readRecording), stories = [] }: ReplayOptions,
  work: (replay: Replay) => Promise<T>,
): Promise<T> {
  const blocks = await blocksFolder(files, recordings, stories);
  const slices = recordings
    .map(({ name, title, kind, from, to }) => ({ name, title, kind, from, to }))
    .sort((one, other) => one.from - other.from);
  return inTemporaryFolder(async (folder, interruption) => {
    const prometheus = await prometheusProgram(join(folder, "prometheus"), blocks);
    const loki = await lokiProgram(join(folder, "loki"));
    return whileRunning(prometheus, () =>
      whileRunning(loki, async () => {
        await pushLines(new URL(loki.url).origin, recordings);
        interruption.throwIfAborted();
        return work({ prometheus: new URL(prometheus.url).origin, loki: new URL(loki.url).origin, slices });
      }),
    );
  });
}

/** It must not change the blocks, which other processes may read at the same time. */
async function prometheusProgram(folder: string, blocks: string) {
  const data = join(folder, "data");
  cpSync(blocks, data, { recursive: true });
  const configuration = join(folder, "prometheus.json");
  writeFileSync(configuration, "{}");
  const address = `127.0.0.1:${await freePort()}`;
  const args = [
    `--config.file=${configuration}`,
    `--storage.tsdb.path=${data}`,
    "--storage.tsdb.retention.time=100y",
    `--web.listen-address=${address}`,
    "--log.level=error",
  ];
  return { path: toolPath("prometheus"), args, url: `http://${address}/-/ready` };
}

async function lokiProgram(folder: string) {
  mkdirSync(join(folder, "rules"), { recursive: true });
  const [http, grpc] = [await freePort(), await freePort()];
  const configuration = join(folder, "loki.json");
  writeFileSync(configuration, JSON.stringify(lokiOfAnyAge(folder, http, grpc)));
  return {
    path: toolPath("loki"),
    args: [`-config.file=${configuration}`],
    url: `http://127.0.0.1:${http}/ready`,
  };
}
