import { rmSync } from "node:fs";
import { tmpdir } from "node:os";

/** Removes the folder that `set-up.ts` created. */
export default function removeTemporaryFolder(): void {
  rmSync(tmpdir(), { recursive: true, force: true, maxRetries: 5 });
}
