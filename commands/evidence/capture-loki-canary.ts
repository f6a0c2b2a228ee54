import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../free-port";
import { request } from "../request";
import { toolPath } from "../tool";
import type { Capture, Captured } from "./capture";
import { singleLoki } from "./single-loki";
import { whileRunning } from "./while-running";

/** Captures the real canary with a real Loki, because tier `local` runs no canary. */
export async function captureLokiCanary({ source, version }: Captured): Promise<Capture> {
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  const [http, grpc, port] = [await freePort(), await freePort(), await freePort()];
  const config = join(folder, "loki.json");
  writeFileSync(config, JSON.stringify(singleLoki(folder, http, grpc)));
  const url = `http://127.0.0.1:${port}/metrics`;
  const flags = ["-labelname=pod", "-labelvalue=loki-canary-0", "-push=true"];
  const loki = { path: toolPath("loki"), args: [`-config.file=${config}`], url: `http://127.0.0.1:${http}/ready` };
  const canary = {
    path: toolPath("loki-canary"),
    args: [`-addr=127.0.0.1:${http}`, `-port=${port}`, ...flags],
    url,
  };
  try {
    const text = await whileRunning(loki, () =>
      whileRunning(canary, async () => {
        await sleep(10_000);
        return (await request(url)).text();
      }),
    );
    return {
      source,
      version,
      command: `loki-canary -addr=<Loki> ${flags.join(" ")}, asked for /metrics`,
      behind: "a Loki that takes and finds every line",
      text,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
