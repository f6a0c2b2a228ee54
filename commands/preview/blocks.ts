import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { cacheFolder } from "../cache-folder";
import { CommandError } from "../command";
import { toolPath } from "../tool";
import { deleteUnused, markUsed } from "./block-cache";
import { mergedSeries } from "./merged-series";
import { encodeValue } from "./recorded-series";
import type { Recording } from "./recording";
import type { TimedStory } from "./timed-stories";

/** Sources that determine the contents of a block, besides recordings and stories: their hash is part of its name. */
const sources = ["blocks.ts", "merged-series.ts", "recorded-series.ts", "recording.ts"];

/**
 * A folder with the block of Prometheus' database that contains recordings and stories. A block is written once, and later
 * calls with the same contents use it again. When a block is written, blocks that have not been used for a long time are
 * deleted.
 *
 * @param files of the recordings
 * @param cache folder that contains the folders of all blocks
 * @throws {CommandError} when it cannot be written.
 */
export async function blocksFolder(
  files: readonly string[],
  recordings: readonly Recording[],
  stories: readonly TimedStory[],
  cache = cacheFolder("recordings"),
): Promise<string> {
  const program = toolPath("recording-blocks");
  const played = stories.map((story) => story.played);
  const hash = createHash("sha256").update(program).update(JSON.stringify(played));
  for (const file of [...files, ...sources.map((name) => join(__dirname, name))]) hash.update(readFileSync(file));
  const folder = join(cache, hash.digest("hex").slice(0, 16));
  if (markUsed(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(`${folder}.`);
  await writeBlock(program, temporary, lines(recordings, stories));
  publish(temporary, folder);
  deleteUnused(cache);
  return folder;
}

/** Gives a complete block its name, unless another process has written the same block in the meantime. */
function publish(temporary: string, folder: string): void {
  try {
    renameSync(temporary, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The input of `tools/prometheus/recording-blocks`. */
function* lines(recordings: readonly Recording[], stories: readonly TimedStory[]): Generator<string> {
  for (const { played } of stories) yield `${JSON.stringify({ story: played })}\n`;
  for (const { labels, samples } of mergedSeries(recordings)) {
    const times = samples.map(({ time }) => time);
    const values = samples.map(({ value }) => encodeValue(value));
    yield `${JSON.stringify({ series: { labels, times, values } })}\n`;
  }
}

/**
 * Writes one block with the series of the lines, which are the input of `tools/prometheus/recording-blocks`.
 * @throws {CommandError} when it cannot be written.
 */
export async function writeBlock(program: string, folder: string, input: Iterable<string>): Promise<void> {
  const started = spawn(program, [folder], { stdio: ["pipe", "ignore", "pipe"] });
  let output = "";
  started.stderr.on("data", (data) => {
    output += data;
  });
  const ended = once(started, "close");
  // If the program ends before it has read everything, its error output is reported.
  await pipeline(Readable.from(input), started.stdin).catch(() => undefined);
  const [code] = await ended;
  if (code !== 0) throw new CommandError(`The recording cannot be written for Prometheus: ${output.trim()}`);
}
