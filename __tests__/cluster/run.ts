import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCLI } from "jest";
import { Kubectl } from "../../commands/cluster/kubectl";
import { type Command, Stopped, start } from "../../commands/command";
import { namespaces } from "../../config/addresses";
import { record } from "./record";

const command: Command = {
  name: "test:cluster",
  positionals: {},
  options: {
    charts: { type: "string", value: "folder", help: "where <chart>-<version>.tgz of every chart lies" },
    record: { type: "boolean", help: "writes what was run and measured to docs/verified.md" },
    context: { type: "string", value: "context", help: "of the kubeconfig; the current one unless said" },
  },
  help: `
Deploys \`local\` to a real cluster and looks whether it does what it promises: every target up, connections open and
closed as they should be, a rollout without a lost request, an outage that pages, a destroy that leaves nothing.
Grafana is left out; the rest is what users get. It takes about ten minutes.

The cluster must have none of our namespaces and no definitions of the Prometheus operator: everything is made here and
destroyed at the end. It needs terraform, kubectl, the ERP's image on the nodes, and the charts in a folder.
The last line counts: passed, failed, skipped.`,
  async run({ charts, context, record: recorded }) {
    if (typeof charts !== "string") throw new Stopped("--charts <folder> says where the packaged charts lie.");
    const name =
      typeof context === "string" ? context : execFileSync("kubectl", ["config", "current-context"]).toString().trim();
    const kubectl = new Kubectl(name);
    await refuseUsedCluster(kubectl);
    const server = await kubectl.run(["version"]);
    return runTests({ CLUSTER_CONTEXT: name, CLUSTER_CHARTS: resolve(charts) }, recorded === true ? server : undefined);
  },
};

async function refuseUsedCluster(kubectl: Kubectl): Promise<void> {
  console.log(await kubectl.run(["cluster-info"]));
  const there = await kubectl.list<{ metadata: { name: string } }>("namespaces");
  const definitions = await kubectl.list<{ metadata: { name: string } }>("customresourcedefinitions");
  const ours: string[] = [...Object.values(namespaces), "webhook"];
  const found = [
    ...there.filter(({ metadata }) => ours.includes(metadata.name)).map(({ metadata }) => `namespace ${metadata.name}`),
    ...definitions
      .filter(({ metadata }) => metadata.name.endsWith(".monitoring.coreos.com"))
      .map(({ metadata }) => metadata.name),
  ];
  if (found.length > 0) throw new Stopped(`This cluster is in use: it has ${found.join(", ")}. Take an empty one.`);
}

/** @param server what `kubectl version` says of it, where the run is to be recorded */
async function runTests(variables: Record<string, string>, server?: string): Promise<number> {
  const figures = join(mkdtempSync(join(tmpdir(), "cluster-figures-")), "figures.jsonl");
  writeFileSync(figures, "");
  Object.assign(process.env, variables, { CLUSTER_FIGURES: figures });
  const { results } = await runCLI({ config: "jest.cluster.config.cjs", runInBand: true, _: [], $0: "" }, [
    process.cwd(),
  ]);
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = results;
  if (server) record(results, measured(figures), `Kubernetes ${/Server Version: (.*)/.exec(server)?.[1]}`);
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  console.log(`${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`);
  return failed > 0 ? 1 : 0;
}

function measured(file: string): Record<string, string> {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => JSON.parse(line)));
}

if (require.main === module) void start(command);
