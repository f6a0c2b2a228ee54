import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseAllDocuments } from "yaml";
import { elasticsearchArguments } from "../elasticsearch";
import { freePort } from "../free-port";
import { request } from "../request";
import type { Capture, Captured } from "./capture";
import { goModule } from "./go-module";
import { renderedFolderWith } from "./rendered-folder";
import { whileRunning } from "./while-running";

/** Captures the real exporter with a real Elasticsearch, in which orders are indexed and searched. */
export async function captureElasticsearch({ source }: Captured): Promise<Capture> {
  const { version, build } = await goModule(
    "tools/elasticsearch-exporter",
    "github.com/prometheus-community/elasticsearch_exporter",
  );
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  const [port, transport, listening] = [await freePort(), await freePort(), await freePort()];
  const address = `http://127.0.0.1:${port}`;
  const url = `http://127.0.0.1:${listening}/metrics`;
  const path = join(folder, "elasticsearch_exporter");
  const args = [...argsOf(address), `--web.listen-address=127.0.0.1:${listening}`];
  const server = {
    path: "java",
    args: elasticsearchArguments(folder, port, transport),
    url: `${address}/_cluster/health`,
  };
  try {
    await build(path);
    const [text, elasticsearch] = await whileRunning(server, async () => {
      await useIndex(`${address}/orders`);
      return [
        await whileRunning({ path, args, url }, async () => (await request(url)).text()),
        ((await (await request(address)).json()) as { version: { number: string } }).version.number,
      ];
    });
    return {
      source,
      version,
      command: `elasticsearch_exporter ${argsOf("<Elasticsearch>").join(" ")}, asked for /metrics`,
      behind: `Elasticsearch ${elasticsearch}, one node with an index that lacks its copy`,
      text,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Indexes some orders, and searches them. */
async function useIndex(index: string): Promise<void> {
  for (let order = 1; order <= 20; order++) {
    const body = JSON.stringify({ reference: `order ${order}` });
    await request(`${index}/_doc/${order}`, { method: "PUT", headers: { "content-type": "application/json" }, body });
  }
  // A search finds new documents after a second.
  await sleep(1500);
  await request(`${index}/_search?q=reference:order`);
}

/** The arguments that an environment gives the exporter. */
function argsOf(address: string): string[] {
  const path = "erp/elasticsearch-exporter.yaml";
  const file = readFileSync(join(renderedFolderWith(path), path), "utf8");
  const manifests = parseAllDocuments(file).map((document) => document.toJS());
  const { args } = manifests.find(({ kind }) => kind === "Deployment").spec.template.spec.containers[0];
  return args.map((arg: string) => arg.replace("$(ELASTICSEARCH_URL)", address));
}
