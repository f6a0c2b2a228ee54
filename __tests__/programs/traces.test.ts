import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "../../commands/request";
import redactionExamples from "../../logs/redaction-examples.json";
import { collector, collectorPorts } from "../../traces/collector";
import { type JaegerStorage, jaeger, jaegerPorts } from "../../traces/jaeger";
import type { TraceStore } from "../../traces/trace-store";
import { until } from "../logs/program";
import { describeWith } from "../tools";
import { type Span, send } from "../traces/spans";
import { type TelemetryProgram, telemetryProgram } from "../traces/telemetry-program";

/** The random part of API keys is added here: a scanner of repositories would report them as real ones. */
const examples: Readonly<Record<string, Examples>> = JSON.parse(
  JSON.stringify(redactionExamples).replaceAll("{random}", "A1b2C3d4E5f6G7h8".repeat(2)),
);
const secrets = Object.values(examples).flatMap((ofShape) => ofShape.secrets);

interface Examples {
  readonly secrets: readonly { readonly text: string; readonly secret: string }[];
  readonly harmless: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), "traces-"));
afterAll(() => rmSync(folder, { recursive: true }));

const sampling = { ratio: 0, slowerThan: "1s" };
const cluster = {
  url: "https://search.example.com:9200",
  login: { user: "USER", password: "PASSWORD" },
  prefix: "shop",
  replicas: 1,
};

describeWith("otelcol", "the collector accepts its configuration", (run) => {
  const stores: readonly TraceStore[] = [
    { kind: "jaeger", endpoint: "jaeger.tracing.svc:4317" },
    { kind: "zipkin", endpoint: "http://zipkin.tracing.svc:9411" },
    { kind: "otlp", endpoint: "https://otlp.example.com", protocol: "http", headers: { authorization: "TOKEN" } },
    { kind: "otlp", endpoint: "https://otlp.example.com:4317", protocol: "grpc", caFile: "/etc/ca/ca.crt" },
  ];
  test.each(stores)("for $kind at $endpoint", (store) => {
    expect(run("validate", "--config", written(collector({ store, sampling }))).failure).toBeUndefined();
  });

  test("and refuses one with a mistake", () => {
    const wrong = collector({ store: { kind: "otlp", endpoint: "", protocol: "http" }, sampling });
    expect(run("validate", "--config", written(wrong)).failure).toMatch(/endpoint must be specified/);
  });
});

describeWith("jaeger", "Jaeger accepts its configuration", (run) => {
  const storages: readonly JaegerStorage[] = [
    { kind: "badger", folder: "/badger" },
    { kind: "elasticsearch", ...cluster },
    { kind: "opensearch", ...cluster, caFile: "/etc/ca/ca.crt" },
  ];
  test.each(storages)("with $kind", (storage) => {
    expect(run("validate", "--config", written(jaeger(storage, 7))).failure).toBeUndefined();
  });
});

function written(configuration: object): string {
  const file = join(folder, "configuration.json");
  writeFileSync(file, JSON.stringify(configuration));
  return file;
}

describeWith("jaeger", "a real Jaeger", (_, jaegerPath) =>
  describeWith("otelcol", "behind a real collector", (__, otelcolPath) => {
    let store: TelemetryProgram;
    let running: TelemetryProgram;
    beforeAll(async () => {
      store = await telemetryProgram(jaegerPath, jaeger({ kind: "badger", folder }, 2), jaegerPorts, "/status");
      const endpoint = store.at(jaegerPorts.otlpGrpc);
      running = await telemetryProgram(
        otelcolPath,
        quick(collector({ store: { kind: "jaeger", endpoint }, sampling })),
        collectorPorts,
        "/",
      );
    });
    afterAll(() => Promise.all([running?.stop(), store?.stop()]));

    const receive = (...spans: readonly Span[]) => send(running.at(collectorPorts.otlpHttp), spans);

    /** The trace that Jaeger has, as it answers. */
    async function stored(traceId: string): Promise<string | undefined> {
      const answer = await request(`http://${store.at(jaegerPorts.query)}/api/traces/${traceId}`);
      return answer.ok ? answer.text() : undefined;
    }

    /** The trace, when the store has all of its spans: Jaeger also shows a trace that it is still writing. */
    async function arrived(traceId: string, spans = 1): Promise<string> {
      let found: string | undefined;
      const inStore = async () => {
        found = await stored(traceId);
        return found !== undefined && found.split('"operationName":').length > spans;
      };
      await until(inStore, () => running.output());
      return found as string;
    }

    /** Waits until the collector has decided about everything that it received before. */
    async function decided(): Promise<void> {
      const { traceId } = await receive({ name: "GET /orders", failure: "marks the end" });
      await arrived(traceId);
    }

    test("no secret of the examples reaches the store or the metrics, in whichever text of a span it is", async () => {
      const { traceId } = await receive(
        ...secrets.map(
          ({ text }): Span => ({
            name: text,
            failure: text,
            attributes: { "db.query.text": text, "http.route": text, list: ["first", text], "exception.map": text },
            event: { name: text, attributes: { "exception.message": text } },
          }),
        ),
      );
      const found = await arrived(traceId, secrets.length);
      // Ids and times are random digits, which can contain a short secret.
      const shown = (found + (await spanMetrics())).replace(/[0-9a-f]{16,}|(?<=[^\\]":)\d+/g, "");
      expect(secrets.filter(({ secret }) => shown.includes(JSON.stringify(secret).slice(1, -1)))).toEqual([]);
      // Each of them is redacted, and not lost.
      for (const name of Object.keys(examples)) expect(found).toContain(`[redacted by the collector: ${name}]`);
    });

    /** The series that the collector calculates from spans, after it has written them. */
    async function spanMetrics(): Promise<string> {
      let text = "";
      const counted = async () => {
        text = await (await request(`http://${running.at(collectorPorts.spanMetrics)}/metrics`)).text();
        return text.includes("traces_span_metrics_calls_total");
      };
      await until(counted, () => running.output());
      return text;
    }

    test("attributes that are secrets or personal data are removed by their name, and others of the program", async () => {
      const { traceId } = await send(
        running.at(collectorPorts.otlpHttp),
        [
          {
            name: "POST /orders",
            failure: "refused",
            attributes: {
              "http.request.header.authorization": ["hunter2"],
              "session.token": "hunter2",
              "user.name": "Jane Doe",
              "client.address": "203.0.113.7",
            },
          },
        ],
        { "process.command_line": "serve --login hunter2" },
      );
      expect(await arrived(traceId)).not.toMatch(/hunter2|Jane Doe|203\.0\.113\.7/);
    });

    test("ids, routes and queries stay as they are", async () => {
      const attributes = {
        // Like the number of a card.
        "request.id": "4111111111111111",
        "organization.id": "4242424242424242",
        "http.route": "/orders/{order_id}",
        "http.response.status_code": 500,
        "db.query.text": "SELECT * FROM orders WHERE id = %s",
      };
      const { traceId } = await receive({ name: "GET /orders/{order_id}", failure: "division by zero", attributes });
      const { data } = JSON.parse(await arrived(traceId));
      const tags = Object.fromEntries(
        data[0].spans[0].tags.map(({ key, value }: Record<string, unknown>) => [key, value]),
      );
      expect(tags).toMatchObject({ ...attributes, "otel.status_description": "division by zero" });
      expect(data[0].spans[0].operationName).toBe("GET /orders/{order_id}");
    });

    test("with a ratio of 0, failed and slow traces are stored whole, and others are not", async () => {
      const client: Span = { name: "SELECT", kind: "client" };
      const failed = await receive({ name: "GET /a" }, { ...client, failure: "deadlock" });
      const slow = await receive({ name: "GET /b", milliseconds: 1100 }, client);
      const slowTask = await receive({ name: "GET /c" }, { name: "send", kind: "consumer", milliseconds: 1100 });
      const fast = await receive({ name: "GET /d" }, client);
      await decided();
      for (const { traceId } of [failed, slow])
        expect(JSON.parse(await arrived(traceId, 2)).data[0].spans).toHaveLength(2);
      for (const { traceId } of [fast, slowTask]) expect(await stored(traceId)).toBeUndefined();
    });

    test("routes of probes and of Prometheus are never stored, also if they fail or are slow", async () => {
      const routes = { "http.route": "/healthz/ready", "url.path": "/healthz/live", "http.target": "/metrics" };
      const asked = Object.entries(routes).map(([name, value]) =>
        receive(
          { name: "GET", attributes: { [name]: value }, failure: "not ready", milliseconds: 1500 },
          { name: "PING", kind: "client" },
        ),
      );
      const similar = await receive({ name: "GET", attributes: { "http.route": "/metrics/{id}" }, failure: "x" });
      await decided();
      await arrived(similar.traceId);
      for (const { traceId } of await Promise.all(asked)) expect(await stored(traceId)).toBeUndefined();
    });

    test("no header of a caller decides about sampling", async () => {
      const { traceId } = await receive({ name: "GET /e", traceState: "ot=th:0", flags: 1 });
      await decided();
      expect(await stored(traceId)).toBeUndefined();
    });

    test("spans wait while Jaeger is away, and arrive when it is back", async () => {
      let traceId = "";
      await store.restart(async () => {
        const sent = await receive({ name: "GET /f", failure: "x" });
        expect(sent.status).toBe(200);
        ({ traceId } = sent);
        await until(async () => /otelcol_exporter_queue_size\{.*\} [1-9]/.test(await running.metrics()));
      });
      await arrived(traceId);
    });
  }),
);

/** The configuration, with a decision after a second and short waits. */
function quick(configuration: object): object {
  return JSON.parse(
    JSON.stringify(configuration)
      .replace('"decision_wait":"30s"', '"decision_wait":"1s"')
      .replace('"max_interval":"10s"', '"max_interval":"1s"')
      .replace('"metrics_flush_interval":"15s"', '"metrics_flush_interval":"1s"'),
  );
}
