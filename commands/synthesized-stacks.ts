import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fault } from "../faults";
import { synthesize } from "../main";
import type { Environment } from "../settings/environment";
import type { Signals } from "../signals";
import { readStack, type Stack } from "./read-stack";
import { allStacks } from "./stack-directory";

/** Output of a synth: the stacks and the signals of the environments. */
export interface Synthesis {
  readonly stacks: readonly Stack[];
  readonly signals: ReadonlyMap<Environment, Signals>;
}

/**
 * Synthesises the environments in a temporary folder.
 * @param found known faults, which are reported with the others
 * @throws {Faults} when the environments cannot be synthesised.
 */
export function synthesis(given: readonly Environment[], found: readonly Fault[] = []): Synthesis {
  const outdir = mkdtempSync(join(tmpdir(), "erp-observability-"));
  try {
    const signals = synthesize(given, outdir, found);
    return { stacks: allStacks(outdir).map(readStack), signals };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/**
 * The stacks of the environments, synthesised in a temporary folder.
 * @throws {Faults} when the environments cannot be synthesised.
 */
export function synthesizedStacks(given: readonly Environment[]): readonly Stack[] {
  return synthesis(given).stacks;
}
