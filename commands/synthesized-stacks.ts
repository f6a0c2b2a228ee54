import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../config/environments";
import { synthesize } from "../main";
import type { Environment } from "../settings/environment";
import { readStack, type Stack } from "./read-stack";
import { allStacks } from "./stack-directory";

/**
 * The stacks of all environments, as they are now.
 * @throws {Faults} when they cannot be synthesised.
 */
export function synthesizedStacks(given: readonly Environment[] = environments): readonly Stack[] {
  const outdir = mkdtempSync(join(tmpdir(), "erp-observability-"));
  try {
    synthesize(given, outdir);
    return allStacks(outdir).map(readStack);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
