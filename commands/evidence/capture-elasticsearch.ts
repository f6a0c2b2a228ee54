import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { freePort, whileRunning } from "./background";
import type { Capture, Captured } from "./capture";
import { goModule } from "./go-module";
import { renderedFolderWith } from "./rendered-folder";

/** What real servers answered, by the path that the exporter asks for: files of the exporter's own tests. */
const responses: Readonly<Record<string, string>> = {
  "/": "clusterinfo/7.13.1.json",
  "/_cluster/health": "clusterhealth/5.4.2.json",
  "/_cluster/settings": "settings-8.9.1-watermark.json",
  "/_nodes/stats": "nodestats/7.13.1.json",
};

/** The real exporter in front of what real servers answered: Elasticsearch itself is too large to be run for this. */
export async function captureElasticsearch({ source }: Captured): Promise<Capture> {
  const { version, sources, build } = await goModule(
    "tools/elasticsearch-exporter",
    "github.com/prometheus-community/elasticsearch_exporter",
  );
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  const elasticsearch = responseServer(join(sources, "fixtures"));
  const [port, listening] = [await freePort(), await freePort()];
  elasticsearch.listen(port, "127.0.0.1");
  try {
    const path = join(folder, "elasticsearch_exporter");
    await build(path);
    const args = argsOf(`http://127.0.0.1:${port}`);
    const url = `http://127.0.0.1:${listening}/metrics`;
    const program = { path, args: [...args, `--web.listen-address=127.0.0.1:${listening}`], url };
    const text = await whileRunning(program, async () => (await fetch(url)).text());
    return {
      source,
      version,
      command: `elasticsearch_exporter ${argsOf("<a server of stored responses>").join(" ")}, asked for /metrics`,
      behind: `responses of real servers, files of the exporter's own tests: ${Object.entries(responses)
        .map((pair) => pair.join(" from "))
        .join(", ")}`,
      text,
    };
  } finally {
    elasticsearch.close();
    rmSync(folder, { recursive: true });
  }
}

/** A server that knows these responses and nothing else. */
function responseServer(folder: string) {
  return createServer(({ url = "" }, response) => {
    const file = responses[new URL(url, "http://localhost").pathname];
    response.writeHead(file ? 200 : 404, { "content-type": "application/json" });
    response.end(file ? readFileSync(join(folder, file)) : "{}");
  });
}

/** The arguments that an environment gives the exporter. */
function argsOf(address: string): string[] {
  const path = "erp/elasticsearch-exporter.yaml";
  const file = readFileSync(join(renderedFolderWith(path), path), "utf8");
  const manifests = parseAllDocuments(file).map((document) => document.toJS());
  const { args } = manifests.find(({ kind }) => kind === "Deployment").spec.template.spec.containers[0];
  return args.map((arg: string) => arg.replace("$(ELASTICSEARCH_URL)", address));
}
