import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../free-port";
import { request } from "../request";
import type { Capture, Captured } from "./capture";
import { goModule } from "./go-module";
import { whileRunning } from "./while-running";

/**
 * Captures the reloader, which is the same program for Prometheus and Alertmanager, with a server that accepts every
 * configuration.
 */
export async function captureConfigReloader({ source }: Captured): Promise<Capture> {
  const { version, build } = await goModule(
    "tools/config-reloader",
    "github.com/prometheus-operator/prometheus-operator",
  );
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  const [served, listening] = [await freePort(), await freePort()];
  const program = createServer((_request, response) => response.end()).listen(served, "127.0.0.1");
  try {
    const [path, config] = ["reloader", "config.yaml"].map((name) => join(folder, name)) as [string, string];
    await build(path);
    writeFileSync(config, "route: {}\n");
    const url = `http://127.0.0.1:${listening}/metrics`;
    const args = [
      `--config-file=${config}`,
      `--config-envsubst-file=${join(folder, "substituted.yaml")}`,
      `--reload-url=http://127.0.0.1:${served}/-/reload`,
      `--listen-address=127.0.0.1:${listening}`,
    ];
    const text = await whileRunning({ path, args, url }, async () => {
      await sleep(5000);
      return (await request(url)).text();
    });
    return {
      source,
      version,
      command: "prometheus-config-reloader --config-file=<a file> --reload-url=<a server>, asked for /metrics",
      behind: "a program that takes every configuration",
      text,
    };
  } finally {
    program.close();
    rmSync(folder, { recursive: true });
  }
}
