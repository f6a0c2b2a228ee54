import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "../main";
import type { Environment } from "../settings/environment";
import type { Signals } from "../signals";
import { readStack, type Stack } from "./read-stack";
import { allStacks } from "./stack-directory";

/** What environments lead to, as they are now. */
export interface Synthesis {
  readonly stacks: readonly Stack[];
  readonly signals: ReadonlyMap<Environment, Signals>;
}

/** @throws {Faults} when the environments cannot be synthesised. */
export function synthesis(given: readonly Environment[]): Synthesis {
  const outdir = mkdtempSync(join(tmpdir(), "erp-observability-"));
  try {
    const signals = synthesize(given, outdir);
    return { stacks: allStacks(outdir).map(readStack), signals };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/**
 * The stacks of the environments, as they are now.
 * @throws {Faults} when they cannot be synthesised.
 */
export function synthesizedStacks(given: readonly Environment[]): readonly Stack[] {
  return synthesis(given).stacks;
}
