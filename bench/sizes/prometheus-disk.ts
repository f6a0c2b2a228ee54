import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeBlock } from "../../commands/preview/blocks";
import { encodeValue, type RecordedSeries } from "../../commands/preview/recorded-series";
import type { Recording } from "../../commands/preview/recording";
import { inTemporaryFolder } from "../../commands/temporary-folder";
import { toolPath } from "../../commands/tool";

/** The half hour of the recording is repeated to twelve hours. Prometheus merges its blocks of two hours to longer ones. */
const repetitions = 24;

/** Bytes of a sample in a block that Prometheus' own library writes from recorded series, with its share of the index. */
export function bytesPerSample(recording: Recording): Promise<number> {
  return inTemporaryFolder(async (folder) => {
    await writeBlock(toolPath("recording-blocks"), folder, lines(recording));
    const [block = ""] = readdirSync(folder);
    const { stats } = JSON.parse(readFileSync(join(folder, block, "meta.json"), "utf8"));
    return folderBytes(join(folder, block)) / stats.numSamples;
  });
}

/** The series that have a value all the time. Those of pods that ended would make gaps at each repetition. */
function* lines({ series, begin, to }: Recording): Generator<string> {
  for (const { labels, samples } of series) {
    if (samples.length < 40 || samples.some(({ value }) => value === undefined)) continue;
    const times = repeated(
      samples.map(({ time }) => time),
      to - begin,
    );
    const values = repeated(
      samples.map(({ value = 0 }) => value),
      growth(samples),
    ).map(encodeValue);
    yield `${JSON.stringify({ series: { labels, times, values } })}\n`;
  }
}

/** The numbers again and again, each time larger by the step. */
function repeated(numbers: readonly number[], step: number): readonly number[] {
  return Array.from({ length: repetitions }, (_, index) => numbers.map((one) => one + index * step)).flat();
}

/** By how much a counter has grown: it continues where the last repetition ended. Gauges begin again. */
function growth(samples: RecordedSeries["samples"]): number {
  const values = samples.map(({ value = 0 }) => value);
  const grows = values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0));
  return grows ? (values.at(-1) ?? 0) - (values[0] ?? 0) : 0;
}

/** Bytes of all files in a folder. */
export function folderBytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
