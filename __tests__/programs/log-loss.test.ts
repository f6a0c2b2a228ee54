import { request } from "../../commands/request";
import { type Loki, loki } from "../logs/loki-process";
import { type Node, node, type Pod } from "../logs/node";
import { type Running, until } from "../logs/program";
import { promtailProcess } from "../logs/promtail-process";
import { lokiSettings } from "../logs/settings";
import { describeWith } from "../tools";

jest.setTimeout(120_000);

const pod = (hash: string): Pod => ({
  app: "erp-api",
  namespace: "erp",
  container: "erp-api",
  name: `erp-api-7d9f5c6b7c-${hash}`,
});

/**
 * What the alerts on the log path rest on, and which lines an outage of Loki loses, seen with the real programs. The figures
 * are in `docs/decisions/log-lines.md`.
 */
describeWith("loki", "while Loki accepts no lines", (_, lokiPath) =>
  describeWith("promtail", "Promtail", (_run, promtailPath) => {
    let store: Loki;
    let onNode: Node;
    let agent: Running;

    async function start(pods: readonly Pod[], wal: object = {}): Promise<void> {
      const { limits_config, ingester } = lokiSettings();
      store = await loki(lokiPath, () => ({ limits_config, ingester: { ...ingester, wal } }));
      onNode = await node(promtailProcess(promtailPath), store.url, pods);
      agent = await onNode.start();
    }

    afterEach(async () => {
      await agent.stop("SIGKILL");
      await store.stop("SIGKILL");
      onNode.remove();
    });

    test("because its volume is full: it stays ready, and a batch waits", async () => {
      const one = pod("x2x4z");
      await start([one], { disk_full_threshold: 0.000_01 });
      let written = 0;
      await until(() => {
        onNode.print(one, [line("first", written++)]);
        return agent.output().includes("Ingester is shutting down");
      }, agent.output);
      expect((await request(`${store.url}/ready`)).ok).toBe(true);
      // It rises once, and then stands still.
      expect(await sum(store.url, "loki_ingester_wal_disk_full_failures_total")).toBe(1);
      expect(await sum(store.url, "loki_ingester_wal_disk_usage_percent")).toBeGreaterThan(0.000_01);
      expect(await waiting()).toBeGreaterThan(0);
    });

    test("a pod is deleted, and a container fills two files: their lines are lost, as the metrics show before", async () => {
      const [one, deleted] = [pod("x2x4z"), pod("q8w7e")];
      await start([one, deleted]);
      onNode.print(one, [line("before", 0)]);
      onNode.print(deleted, [line("deleted", 0)]);
      await until(async () => (await found()).length === 2);
      await store.restart(async () => {
        for (const [file, rotates] of [
          ["a", true],
          ["b", true],
          ["c", false],
        ] as const) {
          print(one, file);
          if (rotates) onNode.rotate(one);
        }
        print(deleted, "deleted");
        // Promtail updates its positions every ten seconds.
        await until(async () => (await unread(deleted)) > 50_000 && (await unread(one)) > 50_000);
        onNode.deletePod(deleted);
      });
      await until(async () => (await found()).filter((name) => name.startsWith("c-")).length === lines);
      await until(async () => !(await metrics(agent.url)).includes(deleted.name));
      const arrived = await found();
      const count = (file: string) => arrived.filter((name) => name.startsWith(`${file}-`)).length;
      expect({ a: count("a"), b: count("b"), c: count("c") }).toEqual({ a: lines, b: 0, c: lines });
      // The batches that the agent had read before it noticed the deletion arrive.
      expect(count("deleted")).toBeLessThan(lines);
      expect(await waiting()).toBe(0);
    });

    const lines = 1000;

    function print(to: Pod, file: string): void {
      onNode.print(
        to,
        Array.from({ length: lines }, (_, number) => line(file, number + 1)),
      );
    }

    async function found(): Promise<string[]> {
      return (await store.lines('{app="erp-api"}')).map(({ metadata }) => metadata.request_id ?? "");
    }

    /** Bytes of the batch that Promtail tries to send, as `LogAgentCannotSend` computes them. */
    async function waiting(): Promise<number> {
      const [begun = 0, sent = 0] = await Promise.all(
        ["promtail_encoded_bytes_total", "promtail_sent_bytes_total"].map((name) => sum(agent.url, name)),
      );
      return begun - sent;
    }

    /** Unread bytes of the pod's files, as `LogFilesUnread` and `LogFilesDeletedUnread` compute them. */
    async function unread({ name }: Pod): Promise<number> {
      const [size = 0, read = 0] = await Promise.all(
        ["promtail_file_bytes_total", "promtail_read_bytes_total"].map((metric) => sum(agent.url, metric, name)),
      );
      return size - read;
    }
  }),
);

async function metrics(url: string): Promise<string> {
  return (await request(`${url}/metrics`)).text();
}

/** Sum of the samples of a metric whose labels contain a text. */
async function sum(url: string, name: string, labels = ""): Promise<number> {
  const samples = (await metrics(url)).split("\n").filter((one) => one.startsWith(name) && one.includes(labels));
  return samples.reduce((total, sample) => total + Number(sample.split(" ").at(-1)), 0);
}

function line(file: string, number: number): string {
  const timestamp = new Date(Date.now() + number).toISOString().replace("Z", "000+00:00");
  return JSON.stringify({
    timestamp,
    level: "INFO",
    logger: "erp.access",
    message: "fine",
    request_id: `${file}-${number}`,
  });
}
