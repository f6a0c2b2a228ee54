import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { child } from "../../commands/child";
import { Kubectl } from "../../commands/cluster/kubectl";
import { type Command, Stopped, start } from "../../commands/command";
import { namespaces } from "../../config/addresses";

const command: Command = {
  name: "test:cluster",
  positionals: {},
  options: {
    charts: { type: "string", value: "folder", help: "where <chart>-<version>.tgz of every chart lies" },
    context: { type: "string", value: "context", help: "of the kubeconfig; the current one unless said" },
  },
  help: `
Deploys \`local\` to a real cluster and looks whether it does what it promises: every target up, connections open and
closed as they should be, a rollout without a lost request, an outage that pages, a destroy that leaves nothing.
Grafana is left out; the rest is what users get. It takes about ten minutes.

The cluster must have none of our namespaces and no definitions of the Prometheus operator: everything is made here and
destroyed at the end. It needs terraform, kubectl, the ERP's image on the nodes, and the charts in a folder.
The last line counts: passed, failed, skipped.`,
  async run({ charts, context }) {
    if (typeof charts !== "string") throw new Stopped("--charts <folder> says where the packaged charts lie.");
    const name =
      typeof context === "string" ? context : execFileSync("kubectl", ["config", "current-context"]).toString().trim();
    await refuseUsedCluster(new Kubectl(name));
    return runTests({ CLUSTER_CONTEXT: name, CLUSTER_CHARTS: resolve(charts) });
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

async function runTests(variables: Record<string, string>): Promise<number> {
  const report = join(mkdtempSync(join(tmpdir(), "cluster-report-")), "report.json");
  const args = [
    "--no-install",
    "jest",
    "--config",
    "jest.cluster.config.cjs",
    "--json",
    "--outputFile",
    report,
    "--bail",
  ];
  const onLine = (line: string) => line.startsWith("{") || console.log(line);
  const { code } = await child("npx", args, { env: { ...process.env, ...variables }, onLine });
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
  console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
  return code === 0 ? 0 : 1;
}

if (require.main === module) void start(command);
