import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readEvidence } from "../../kit/metrics/read-evidence";
import { postgresql } from "../../subjects/postgresql";
import { environmentOf } from "../environments";
import { freePort } from "../free-port";
import { request } from "../request";
import type { Capture, Captured } from "./capture";
import { goModule } from "./go-module";
import { pythonOf } from "./python";
import { labelIn } from "./scraped-version";
import { whileRunning } from "./while-running";

/**
 * Captures the real exporter with a real PostgreSQL that has an archive, a replica and slots, which tier `local` lacks.
 */
export async function capturePostgresql({ source }: Captured): Promise<Capture> {
  const { version, build } = await goModule(
    "tools/postgresql-exporter",
    "github.com/prometheus-community/postgres_exporter",
  );
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  try {
    const path = join(folder, "postgres_exporter");
    await build(path);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/metrics`;
    const program = {
      path: await pythonOf("erp"),
      args: ["-m", "local.observed_postgresql", path, String(port), ...exporterArgs()],
      cwd: "erp",
      url,
    };
    const text = await whileRunning(program, async () => {
      // Archiving is reported with a delay of up to half a second.
      await sleep(2000);
      return (await request(url)).text();
    });
    const server = labelIn(readEvidence(text), "pg_static", "short_version");
    return {
      source,
      version,
      command: `postgres_exporter ${exporterArgs().join(" ")}, asked for /metrics`,
      behind: `PostgreSQL ${server} with the ERP's schema, an archive, a replica, unused slots and a session that waits for a lock`,
      text,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The arguments of the exporter in an environment. */
function exporterArgs(): readonly string[] {
  return postgresql.exporter?.(environmentOf({})).args ?? [];
}
