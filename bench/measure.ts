import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CommandError } from "../commands/command";

/** Cost of one run, in milliseconds. */
export interface Cost {
  /** User and system time of all Node processes and threads of the run. */
  readonly cpu: number;
  readonly wall: number;
}

/** The cost of each round. */
export type Costs = readonly Cost[];

/** A command line that synthesises to the folder. */
export type Program = (outdir: string) => readonly [command: string, ...args: string[]];

/** A cdktf app as Node runs it. */
export function byNode(script: string, ...args: readonly string[]): Program {
  return (outdir) => ["node", "--import", "tsx", script, outdir, ...args];
}

/** The same app as `cdktf synth` runs it, which passes the folder to the app. */
export function byCli(script: string): Program {
  return (outdir) => ["node_modules/.bin/cdktf", "synth", "--app", `node --import tsx ${script}`, "--output", outdir];
}

/**
 * Runs each program once per round, so that other load on the machine affects all programs equally. The first round
 * fills the caches and is not counted.
 */
export function measure(programs: readonly Program[], rounds: number): readonly Costs[] {
  const costs: Cost[][] = programs.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, program] of programs.entries()) {
      const cost = run(program, (_, found) => found);
      if (round > 0) costs[index]?.push(cost);
    }
  }
  return costs;
}

/** Runs a program once, in a folder that is deleted after the result was read. */
export function run<Result>(program: Program, read: (outdir: string, cost: Cost) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "erp-observability-bench-"));
  const outdir = join(folder, "cdktf.out");
  try {
    return read(outdir, costOf(program(outdir), join(folder, "cpu-time")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function costOf([command, ...args]: ReturnType<Program>, cpuTimes: string): Cost {
  const preload = `--require ${JSON.stringify(resolve("bench/cpu-time.cjs"))}`;
  const env = {
    ...process.env,
    CHECKPOINT_DISABLE: "1",
    CI: "1",
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} ${preload}`.trim(),
    BENCH_CPU_TIMES: cpuTimes,
  };
  const started = performance.now();
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8", env });
  const wall = performance.now() - started;
  if (status !== 0) throw new CommandError(`\`${[command, ...args].join(" ")}\` failed:\n${stderr}`);
  const microseconds = readFileSync(cpuTimes, "utf8").trim().split("\n").map(Number);
  return { wall, cpu: microseconds.reduce((sum, one) => sum + one, 0) / 1000 };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [below = Number.NaN, above = Number.NaN] = sorted.slice(middle - 1, middle + 1);
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}
