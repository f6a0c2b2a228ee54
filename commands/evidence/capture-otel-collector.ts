import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { collector, collectorPorts } from "../../traces/collector";
import { queuedSpans } from "../../traces/exporters";
import { decisionSeconds } from "../../traces/sampling";
import { freePort } from "../free-port";
import { request } from "../request";
import { toolPath } from "../tool";
import type { Capture, Captured } from "./capture";
import { whileRunning } from "./while-running";

/** Spans of one trace. */
const spans = 100;

/** Captures the real collector with a store that accepts spans, then refuses them for good, and then does not answer. */
export async function captureOtelCollector({ source, version }: Captured): Promise<Capture> {
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  let status: number | undefined = 200;
  const store = createServer((asked, answer) => {
    asked.resume();
    if (status !== undefined) answer.writeHead(status, { "content-type": "application/json" }).end("{}");
  }).listen(0, "127.0.0.1");
  await once(store, "listening");
  try {
    const endpoint = `http://127.0.0.1:${(store.address() as AddressInfo).port}`;
    const file = join(folder, "collector.json");
    const ports = new Map<number, number>();
    for (const port of Object.values(collectorPorts)) ports.set(port, await freePort());
    const at = (port: number) => `http://127.0.0.1:${ports.get(port)}`;
    writeFileSync(file, configuration(endpoint, ports));
    const program = {
      path: toolPath("otelcol"),
      args: ["--config", file],
      env: { ...process.env, MY_POD_IP: "127.0.0.1" },
      url: `${at(collectorPorts.health)}/`,
    };
    const text = await whileRunning(program, async () => {
      for (const next of [200, 400, undefined, undefined, undefined]) {
        status = next;
        await send(at(collectorPorts.otlpHttp));
        await sleep(3000);
      }
      return (await request(`${at(collectorPorts.metrics)}/metrics`)).text();
    });
    return {
      source,
      version,
      command: "otelcol-contrib --config <our configuration, with a queue of one trace>, asked for /metrics",
      behind: "a store that accepts one trace, refuses one for good, and then does not answer",
      text,
    };
  } finally {
    store.closeAllConnections();
    store.close();
    rmSync(folder, { recursive: true });
  }
}

/** Our configuration, with free ports, a decision after a second, and a queue of one trace. */
function configuration(endpoint: string, ports: ReadonlyMap<number, number>): string {
  const store = { kind: "otlp", endpoint, protocol: "http" } as const;
  return JSON.stringify(collector({ store, sampling: { ratio: 1, slowerThan: "1s" } }))
    .replace(/(\$\{env:MY_POD_IP\}):(\d+)"/g, (_, host, port) => `${host}:${ports.get(Number(port))}"`)
    .replace(/"port":(\d+)/g, (_, port) => `"port":${ports.get(Number(port))}`)
    .replace(`"decision_wait":"${decisionSeconds}s"`, '"decision_wait":"1s"')
    .replace(`"queue_size":${queuedSpans}`, `"queue_size":${spans}`)
    .replace(/"min_size":\d+/, `"min_size":${spans}`);
}

/** Sends a trace by OTLP over HTTP. */
async function send(collectorUrl: string): Promise<void> {
  const traceId = randomBytes(16).toString("hex");
  const now = String(BigInt(Date.now()) * 1_000_000n);
  const span = { traceId, name: "GET /orders", kind: 2, startTimeUnixNano: now, endTimeUnixNano: now };
  const all = Array.from({ length: spans }, () => ({ ...span, spanId: randomBytes(8).toString("hex") }));
  const body = { resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans: all }] }] };
  const headers = { "content-type": "application/json" };
  await request(`${collectorUrl}/v1/traces`, { method: "POST", headers, body: JSON.stringify(body) });
}
