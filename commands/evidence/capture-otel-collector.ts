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
import { request } from "../request";
import { onFreePorts, onLoopback } from "../telemetry-ports";
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
    const { text: written, at } = await onFreePorts(configuration(endpoint), collectorPorts);
    writeFileSync(file, written);
    const program = {
      path: toolPath("otelcol"),
      args: ["--config", file],
      env: { ...process.env, ...onLoopback },
      url: `http://${at(collectorPorts.health)}/`,
    };
    const text = await whileRunning(program, async () => {
      for (const next of [200, 400, undefined, undefined, undefined]) {
        status = next;
        await send(at(collectorPorts.otlpHttp));
        await sleep(3000);
      }
      return (await request(`http://${at(collectorPorts.metrics)}/metrics`)).text();
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

/** Our configuration, with a decision after a second, and a queue of one trace. */
function configuration(endpoint: string): object {
  const store = { kind: "otlp", endpoint, protocol: "http" } as const;
  const text = JSON.stringify(collector({ store, sampling: { ratio: 1, slowerThan: "1s" } }))
    .replace(`"decision_wait":"${decisionSeconds}s"`, '"decision_wait":"1s"')
    .replace(`"queue_size":${queuedSpans}`, `"queue_size":${spans}`)
    .replace(/"min_size":\d+/, `"min_size":${spans}`);
  return JSON.parse(text);
}

/** Sends a trace by OTLP over HTTP. @param address host and port of the collector */
async function send(address: string): Promise<void> {
  const traceId = randomBytes(16).toString("hex");
  const now = String(BigInt(Date.now()) * 1_000_000n);
  const span = { traceId, name: "GET /orders", kind: 2, startTimeUnixNano: now, endTimeUnixNano: now };
  const all = Array.from({ length: spans }, () => ({ ...span, spanId: randomBytes(8).toString("hex") }));
  const body = { resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans: all }] }] };
  const headers = { "content-type": "application/json" };
  await request(`http://${address}/v1/traces`, { method: "POST", headers, body: JSON.stringify(body) });
}
