import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stopped } from "../commands/command";

/** Wall-clock time of each round, in milliseconds. */
export type Durations = readonly number[];

/**
 * Runs each program once a round, in turns, so that what else happens on the machine touches all alike. A first round
 * fills the caches and does not count.
 *
 * @param programs script and arguments; the folder to write to is put between them
 */
export function measure(programs: readonly (readonly string[])[], rounds: number): readonly Durations[] {
  const found: number[][] = programs.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, program] of programs.entries()) {
      const duration = run(program);
      if (round > 0) found[index]?.push(duration);
    }
  }
  return found;
}

function run([script = "", ...args]: readonly string[]): number {
  const outdir = mkdtempSync(join(tmpdir(), "erp-observability-bench-"));
  const started = performance.now();
  const { status, stderr } = spawnSync("node", ["--import", "tsx", script, outdir, ...args], { encoding: "utf8" });
  const duration = performance.now() - started;
  rmSync(outdir, { recursive: true });
  if (status !== 0) throw new Stopped(`${script} failed:\n${stderr}`);
  return duration;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [below = Number.NaN, above = Number.NaN] = sorted.slice(middle - 1, middle + 1);
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}
