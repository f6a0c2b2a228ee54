import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives all test files one temporary folder, which `tear-down.ts` removes: cdktf's own test functions leave a folder behind
 * for each synth.
 */
export default function createTemporaryFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  // As the folder of the system: PostgreSQL runs as another user than root.
  chmodSync(folder, 0o1777);
  process.env.TMPDIR = folder;
}
