import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port";
import { request } from "../request";
import { toolPath } from "../tool";
import type { Capture, Captured } from "./capture";
import { renderedFolderWith } from "./rendered-folder";
import { type Program, whileRunning } from "./while-running";

/** Alertmanager's configuration in the rendered folder of an environment. */
const file = "monitoring/alertmanager.yaml";

/**
 * Captures one of two members. A single Alertmanager, as in tier `local`, exposes no metrics of an Alertmanager
 * cluster.
 */
export async function captureAlertmanager({ source, version }: Captured): Promise<Capture> {
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  try {
    const gossip = await freePort();
    const first = member(join(folder, "first"), await freePort(), gossip, []);
    const second = member(join(folder, "second"), await freePort(), await freePort(), [gossip]);
    const metrics = second.url.replace("/-/ready", "/metrics");
    const text = await whileRunning(first, () => whileRunning(second, async () => (await request(metrics)).text()));
    return {
      source,
      version,
      command: `alertmanager --config.file=${configPath()} --enable-feature=receiver-name-in-metrics --cluster.peer=<another one>, asked for /metrics`,
      behind: "another member, and no alert",
      text,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An Alertmanager with the configuration of an environment, which exchanges state with others at the port `gossip`. */
export function member(storage: string, port: number, gossip: number, peers: readonly number[]): Program {
  const args = [
    `--config.file=${configPath()}`,
    "--enable-feature=receiver-name-in-metrics",
    `--storage.path=${storage}`,
    `--web.listen-address=127.0.0.1:${port}`,
    `--cluster.listen-address=127.0.0.1:${gossip}`,
    "--cluster.settle-timeout=5s",
    ...peers.map((peer) => `--cluster.peer=127.0.0.1:${peer}`),
  ];
  return { path: toolPath("alertmanager"), args, url: `http://127.0.0.1:${port}/-/ready` };
}

function configPath(): string {
  return join(renderedFolderWith(file), file);
}
