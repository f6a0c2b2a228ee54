import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../free-port";
import { request } from "../request";
import { toolPath } from "../tool";
import type { Capture, Captured } from "./capture";
import { member } from "./capture-alertmanager";
import { renderedFolderWith } from "./rendered-folder";
import { type Program, whileRunning } from "./while-running";

/**
 * Captures a Prometheus with the rules of an environment, an Alertmanager, and remote write, which tier `local` lacks.
 */
export async function capturePrometheus({ source, version }: Captured): Promise<Capture> {
  const rules = ["erp/rules", "monitoring/rules"].map((path) => join(renderedFolderWith(path), path));
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  const [port, alertmanagerPort] = [await freePort(), await freePort()];
  try {
    for (const from of rules) cpSync(from, join(folder, "rules"), { recursive: true });
    const keeping = prometheus(folder, "keeping", await freePort(), {}, "--web.enable-remote-write-receiver");
    const sending = prometheus(folder, "sending", port, {
      global: { scrape_interval: "1s" },
      scrape_configs: [{ job_name: source, static_configs: [{ targets: [`127.0.0.1:${port}`] }] }],
      rule_files: ["rules/*.yaml"],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }] },
      remote_write: [{ url: keeping.url.replace("/-/ready", "/api/v1/write") }],
    });
    const alertmanager = member(join(folder, "alertmanager"), alertmanagerPort, await freePort(), []);
    const text = await whileRunning(alertmanager, () =>
      whileRunning(keeping, () => whileRunning(sending, () => scrape(`http://127.0.0.1:${port}/metrics`))),
    );
    return {
      source,
      version,
      command: `prometheus --config.file=<itself, ${rules.join(" and ")}, an Alertmanager and a receiver>, asked for /metrics`,
      behind: "an Alertmanager that takes every alert, and a receiver that takes every sample",
      text,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function prometheus(folder: string, name: string, port: number, config: object, ...more: readonly string[]): Program {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(config));
  const args = [
    `--config.file=${name}.json`,
    `--storage.tsdb.path=${name}`,
    "--storage.tsdb.retention.size=1GB",
    `--web.listen-address=127.0.0.1:${port}`,
    "--log.level=error",
    ...more,
  ];
  return { path: toolPath("prometheus"), args, cwd: folder, url: `http://127.0.0.1:${port}/-/ready` };
}

/** Scrapes after every group of rules was evaluated and alerts about missing series were sent. */
async function scrape(url: string): Promise<string> {
  await sleep(150_000);
  return (await request(url)).text();
}
