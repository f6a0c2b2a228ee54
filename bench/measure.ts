import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../commands/command";

/** Wall-clock time of each round, in milliseconds. */
export type Durations = readonly number[];

/** A command line that synthesises to the folder. */
export type Program = (outdir: string) => readonly [command: string, ...args: string[]];

/** A cdktf app as Node runs it. */
export function byNode(script: string, ...args: readonly string[]): Program {
  return (outdir) => ["node", "--import", "tsx", script, outdir, ...args];
}

/** The same app as `cdktf synth` runs it, which tells it the folder. */
export function byCli(script: string): Program {
  return (outdir) => ["node_modules/.bin/cdktf", "synth", "--app", `node --import tsx ${script}`, "--output", outdir];
}

/**
 * Runs each program once a round, in turns, so that what else happens on the machine touches all alike. A first round
 * fills the caches and does not count.
 */
export function measure(programs: readonly Program[], rounds: number): readonly Durations[] {
  const found: number[][] = programs.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, program] of programs.entries()) {
      const duration = run(program);
      if (round > 0) found[index]?.push(duration);
    }
  }
  return found;
}

function run(program: Program): number {
  const outdir = mkdtempSync(join(tmpdir(), "erp-observability-bench-"));
  const [command, ...args] = program(outdir);
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", CI: "1" };
  const started = performance.now();
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8", env });
  const duration = performance.now() - started;
  rmSync(outdir, { recursive: true });
  if (status !== 0) throw new CommandError(`\`${[command, ...args].join(" ")}\` failed:\n${stderr}`);
  return duration;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [below = Number.NaN, above = Number.NaN] = sorted.slice(middle - 1, middle + 1);
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}
