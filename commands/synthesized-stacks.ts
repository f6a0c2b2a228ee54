import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "../main";
import type { Environment } from "../settings/environment";
import { readStack, type Stack } from "./read-stack";
import { allStacks } from "./stack-directory";

/**
 * The stacks of the environments, as they are now.
 * @throws {Faults} when they cannot be synthesised.
 */
export function synthesizedStacks(given: readonly Environment[]): readonly Stack[] {
  const outdir = mkdtempSync(join(tmpdir(), "erp-observability-"));
  try {
    synthesize(given, outdir);
    return allStacks(outdir).map(readStack);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
