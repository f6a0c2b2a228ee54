import { createHash, generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { metadataFields } from "../logs/metadata";
import { pipeline } from "../logs/pipeline";
import { mark, shapes } from "../logs/redaction";
import redactionExamples from "../logs/redaction-examples.json";
import { namespaces } from "../settings/addresses";
import { describeLogAgents } from "./logs/log-agents";
import { type Line, type Loki, loki } from "./logs/loki-process";
import { type Node, node, type Pod } from "./logs/node";
import { type Running, until } from "./logs/program";
import { lokiSettings } from "./logs/settings";
import { describeWith } from "./tools";

jest.setTimeout(60_000);
/** The random part of API keys is added here: a scanner of repositories would report them as real ones. */
const examples: Readonly<Record<string, Examples>> = JSON.parse(
  JSON.stringify(redactionExamples).replaceAll("{random}", "A1b2C3d4E5f6G7h8".repeat(2)),
);
const secrets = Object.values(examples).flatMap((ofShape) => ofShape.secrets);
const harmless = Object.values(examples).flatMap((ofShape) => ofShape.harmless);
const worst = Object.values(examples).flatMap((ofShape) => ofShape.worst);
const ownPods = ["erp-api", "erp-worker", "erp-beat", "erp-migrate", "erp-traffic"].map((app) => pod(app));
const [api] = ownPods as [Pod];
const [alertmanager, grafana] = [pod("alertmanager", namespaces.monitoring), pod("grafana", namespaces.grafana)];
const foreignPod = pod("shop", "shop");

/** Examples of a pattern. */
interface Examples {
  readonly secrets: readonly { readonly text: string; readonly secret: string }[];
  readonly harmless: readonly string[];
  /** Texts that nearly match when they are repeated. */
  readonly worst: readonly string[];
}

describeWith("loki", "log lines", (_, lokiPath) =>
  describeLogAgents("that a real agent sends to a real Loki", (logAgent) => {
    let store: Loki;
    let onNode: Node;
    let agent: Running;
    beforeAll(async () => {
      const { limits_config, ingester } = lokiSettings();
      store = await loki(lokiPath, () => ({ limits_config, ingester }));
      onNode = await node(logAgent, store.url, [...ownPods, alertmanager, grafana, foreignPod]);
      agent = await onNode.start();
    });
    afterAll(async () => {
      await agent.stop();
      await store.stop("SIGKILL");
      onNode.remove();
    });

    /** The lines that a query finds, as soon as there are this many. */
    async function arrived(query: string, count: number): Promise<readonly Line[]> {
      let found: readonly Line[] = [];
      const enough = async () => {
        found = await store.lines(query);
        return found.length >= count;
      };
      await until(enough, () => `${found.length} of ${count} lines of ${query}\n${agent.output()}${store.output()}`);
      return found;
    }

    test("of the ERP arrive unchanged, with a small set of labels and with the metadata of the schema", async () => {
      const written = erpLines();
      for (const { service, text } of written) onNode.print(pod(service), [text]);
      const expected = written.map(({ text, service, timestamp, fields }) => ({
        labels: labels(pod(service)),
        time: nanoseconds(timestamp),
        text,
        metadata: { ...keptFields(fields), pod: pod(service).name, detected_level: detected[fields.level ?? ""] },
      }));
      expect(sortLines(await arrived('{namespace="erp"}', written.length))).toEqual(sortLines(expected));
    });

    test("of other programs arrive unchanged, with their original time", async () => {
      const written = [...evidence("alertmanager.log"), ...evidence("loki.log")];
      const time = new Date();
      onNode.print(alertmanager, written, time);
      const expected = written.map((text) => ({
        labels: labels(alertmanager),
        time: `${time.getTime()}000000`,
        text,
        metadata: { pod: alertmanager.name, detected_level: "info" },
      }));
      expect(sortLines(await arrived('{namespace="monitoring"}', written.length))).toEqual(sortLines(expected));
    });

    test("are redacted, and JSON lines remain valid JSON", async () => {
      const written = secrets.flatMap(({ text }) => spellings(text));
      // Loki keeps one of two lines that have the same text and time.
      for (const [index, text] of written.entries()) onNode.print(grafana, [text], new Date(Date.now() + index));
      const texts = (await arrived('{namespace="grafana"}', written.length)).map(({ text }) => text);
      expect(texts).toHaveLength(written.length);
      expect(texts.filter((text) => !text.includes(mark) || (text.startsWith('{"') && !isJson(text)))).toEqual([]);
      expect(secrets.filter(({ secret }) => texts.some((text) => text.includes(secret)))).toEqual([]);
    });

    test("of private keys that a program printed over several lines are redacted, except a shorter last one", async () => {
      const keys = [generateKeyPairSync("rsa", { modulusLength: 2048 }), generateKeyPairSync("ed25519")];
      const lines = keys.flatMap(({ privateKey }) =>
        String(privateKey.export({ type: "pkcs8", format: "pem" }))
          .trim()
          .split("\n"),
      );
      const digest = createHash("sha256").update("image").digest("hex");
      const written = [...lines, digest];
      for (const [index, text] of written.entries())
        onNode.print(pod("erp-migrate"), [text], new Date(Date.now() + index));
      const texts = (await arrived('{app="erp-migrate"} | level=""', written.length)).map(({ text }) => text);
      const expected = written.map((text) => (text.length === 64 && text !== digest ? `${mark}: private key]` : text));
      // 25 of the 26 lines of RSA, and the only one of Ed25519.
      expect(expected.filter((text) => text.startsWith(mark))).toHaveLength(26);
      expect(texts.sort()).toEqual(expected.sort());
    });

    test("keep texts that only look like a secret, and the placeholders of the ERP's own redaction", async () => {
      const written = harmless.flatMap((text) => spellings(text));
      onNode.print(pod("erp-beat"), written);
      const texts = (await arrived('{app="erp-beat"} | level=""', written.length)).map(({ text }) => text);
      expect(texts.sort()).toEqual(written.sort());
    });

    test("keep ids of the ERP that look like card or account numbers, which are redacted elsewhere", async () => {
      const ids = { request_id: "4111111111111111", user_id: "auth0|GB29NWBK60161331926819" };
      const written = JSON.stringify({ level: "INFO", message: "5555555555554444", ...ids });
      onNode.print(api, [written]);
      const [line] = await arrived('{app="erp-api"} | request_id="4111111111111111"', 1);
      expect(line?.text).toBe(written.replace("5555555555554444", `${mark}: card number]`));
    });

    test("that the ERP redacted only in part are redacted completely", async () => {
      const message = 'DETAIL:  [redacted]\nDoe, 7).\n[SQL: INSERT INTO "orders"]';
      onNode.print(api, [JSON.stringify({ level: "ERROR", request_id: "partly-1", message })]);
      const [line] = await arrived('{app="erp-api"} | request_id="partly-1"', 1);
      expect(JSON.parse(line?.text ?? "").message).toBe(message.replace("\nDoe, 7).", `${mark}: row]`));
    });

    test("that are made to be slow arrive like others", async () => {
      const written = worst.map((text) => JSON.stringify({ message: text.repeat(8_000 / text.length) }));
      onNode.print(pod("erp-traffic"), [...written, JSON.stringify({ level: "INFO", request_id: "after-slow" })]);
      await arrived('{app="erp-traffic"} | request_id="after-slow"', 1);
    });

    test("of successful probes are dropped, and those of failed probes are kept", async () => {
      const [example = ""] = evidence("erp.jsonl").filter((line) => line.includes('"route": "/api/v1/orders"'));
      const probe = (status: number) =>
        example.replaceAll("/api/v1/orders", "/healthz/ready").replace(/"status": \d+/, `"status": ${status}`);
      onNode.print(api, [200, 503, 204].map(probe).map(timestampNow));
      const found = await arrived('{app="erp-api"} |= "/healthz/ready"', 1);
      expect(found.map(({ text }) => JSON.parse(text).status)).toEqual([503]);
    });

    test("that the container runtime split arrive as one line", async () => {
      const long = JSON.stringify({ level: "ERROR", request_id: "long-0001", exc_info: "x".repeat(50_000) });
      onNode.print(api, [long]);
      const [line] = await arrived('{app="erp-api"} | request_id="long-0001"', 1);
      expect(line?.text).toBe(long);
    });

    test("of namespaces that are not ours are not read", async () => {
      onNode.print(foreignPod, ["hello"]);
      onNode.print(grafana, ["written after it"]);
      await arrived('{namespace="grafana"} |= "written after it"', 1);
      expect(await store.lines('{namespace=~".+"} |= "hello"')).toEqual([]);
    });
  }),
);

test("the log agent and the ERP have examples of each pattern", () => {
  expect([...new Set(shapes.map(({ name }) => name))]).toEqual(Object.keys(examples));
});

test.each([10, 64])("the burst limit of a pod allows more of the ERP's lines than two files of %i MiB", (mebibytes) => {
  const shortest = Math.min(
    ...evidence("erp.jsonl").map((line) => `${new Date().toISOString()} stdout F ${line}`.length),
  );
  const [burst = 0] = pipeline(mebibytes * 2 ** 20).flatMap((stage) => ("limit" in stage ? stage.limit.burst : []));
  expect(burst * shortest).toBeGreaterThan(2 * mebibytes * 2 ** 20);
});

function pod(app: string, namespace: string = namespaces.erp): Pod {
  return { app, namespace, container: app, name: `${app}-7d9f5c6b7c-x2x4z` };
}

function labels({ app, namespace, container }: Pod) {
  return { app, namespace, container, stream: "stdout", service_name: app };
}

/** Captured output of a program. */
function evidence(file: string): string[] {
  return readFileSync(join(__dirname, "..", "logs", "evidence", file), "utf8")
    .trim()
    .split("\n");
}

/** The ERP's own lines with the present time, because Loki rejects lines that are older than a week. */
function erpLines() {
  return evidence("erp.jsonl")
    .map(timestampNow)
    .map((text) => {
      const fields: Readonly<Record<string, string | undefined>> = JSON.parse(text);
      return { text, fields, service: fields.service ?? "", timestamp: fields.timestamp ?? "" };
    });
}

let written = 0;

/** Timestamps with a distance of one microsecond. */
function timestampNow(line: string): string {
  const micros = String(written++ % 1000).padStart(3, "0");
  return line.replace(/"timestamp": "[^"]+"/, `"timestamp": "${new Date().toISOString().replace("Z", micros)}+00:00"`);
}

function nanoseconds(timestamp: string): string {
  return `${Date.parse(timestamp)}${timestamp.slice(23, 26)}000`;
}

function keptFields(fields: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    metadataFields.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]),
  );
}

/** Levels in Loki's notation. https://grafana.com/docs/loki/latest/configure/#limits_config */
const detected: Readonly<Record<string, string>> = { INFO: "info", WARNING: "warn", ERROR: "error" };

/** The same text in a line of JSON, in a nested object, with Python's spaces, and as plain text. */
function spellings(text: string): string[] {
  const line = JSON.stringify({ message: text, port: 5432, nanoseconds: 4111111111111111 });
  return [line, JSON.stringify({ message: line }), line.replaceAll('":', '": '), text.replaceAll("\n", " ")];
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

function sortLines(lines: readonly object[]): readonly object[] {
  return [...lines].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
