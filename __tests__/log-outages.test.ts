import { describeLogAgents } from "./logs/log-agents";
import { type Loki, loki } from "./logs/loki-process";
import { type Node, node, type Pod } from "./logs/node";
import { type Running, until } from "./logs/program";
import { lokiSettings } from "./logs/settings";
import { describeWith } from "./tools";

jest.setTimeout(120_000);
const pods = ["x2x4z", "q8w7e"].map(
  (hash): Pod => ({ app: "erp-api", namespace: "erp", container: "erp-api", name: `erp-api-7d9f5c6b7c-${hash}` }),
);
const [one, other] = pods as [Pod, Pod];
const most = 100_000;

describeWith("loki", "log lines in an outage", (_, lokiPath) =>
  describeLogAgents("with a real agent", (logAgent) => {
    let store: Loki;
    let onNode: Node;
    let agent: Running;
    let written = 0;
    beforeAll(async () => {
      const { limits_config, ingester } = lokiSettings();
      const limits = { ...limits_config, max_entries_limit_per_query: most };
      store = await loki(lokiPath, () => ({ limits_config: limits, ingester }));
      onNode = await node(logAgent, store.url, pods);
      agent = await onNode.start();
    });
    afterAll(async () => {
      await agent.stop("SIGKILL");
      await store.stop("SIGKILL");
      onNode.remove();
    });

    /** Prints this many lines, the first one this many hours ago and the last one now. */
    function print(pod: Pod, count: number, hours = 0): void {
      const lines = Array.from({ length: count }, (_, index) => line(written++, hours * (1 - index / count)));
      onNode.print(pod, lines);
    }

    /** Expects every written line in Loki, and at most one in a thousand twice. */
    async function allArrived(): Promise<void> {
      const numbers = async () =>
        (await store.lines('{app="erp-api"}', most)).map(({ metadata }) => metadata.request_id ?? "");
      let found: string[] = [];
      const complete = async () => {
        found = await numbers();
        return new Set(found).size >= written;
      };
      await until(complete, () => `${new Set(found).size} of ${written}: ${agent.output()}${store.output()}`);
      expect(found.length - written).toBeLessThanOrEqual(written / 1000);
    }

    test("arrive after a restart of the agent", async () => {
      print(one, 1000);
      await allArrived();
      await agent.stop();
      print(one, 3000);
      agent = await onNode.start();
      await allArrived();
    });

    test("of one node arrive after a night without its agent, later than those of other nodes", async () => {
      await agent.stop();
      print(other, 1000);
      print(one, 3000, 10);
      agent = await onNode.start();
      await allArrived();
    });

    test("arrive after a restart of Loki, from both files if the kubelet rotated one meanwhile", async () => {
      await store.restart(() => {
        print(one, 1500);
        onNode.rotate(one);
        print(one, 1500);
      });
      await allArrived();
    });

    test("arrive after Loki was killed, including lines that it had just received", async () => {
      print(one, 2000);
      await store.restart(() => print(other, 2000), "SIGKILL");
      await allArrived();
    });

    test("arrive from both files after the kubelet has rotated a full file", async () => {
      print(one, 500);
      onNode.rotate(one);
      print(one, 500);
      await allArrived();
    });
  }),
);

function line(number: number, hoursAgo: number): string {
  const micros = String(number % 1000).padStart(3, "0");
  const timestamp = new Date(Date.now() - hoursAgo * 3_600_000).toISOString().replace("Z", `${micros}+00:00`);
  const request = `request-${String(number).padStart(6, "0")}`;
  return JSON.stringify({ timestamp, level: "INFO", logger: "erp.access", message: "fine", request_id: request });
}
