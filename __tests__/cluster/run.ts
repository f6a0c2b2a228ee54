import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCLI } from "jest";
import { Kubectl } from "../../commands/cluster/kubectl";
import { type Command, CommandError } from "../../commands/command";
import { namespaces } from "../../settings/addresses";
import { record, type Story } from "./record";

/** The command that tells one story of `local` on a real cluster. */
export function storyCommand(name: string, story: Story, help: string): Command {
  return {
    name,
    positionals: {},
    options: {
      charts: { type: "string", value: "folder", help: "where <chart>-<version>.tgz of every chart lies" },
      record: { type: "boolean", help: `writes what was run and measured to docs/${story.page}` },
      context: { type: "string", value: "context", help: "of the kubeconfig; the current one unless said" },
    },
    help: `${help}
Grafana is left out; the rest is what users get.

The cluster must have none of our namespaces and no definitions of the Prometheus operator: everything is made here and
destroyed at the end. It needs terraform, kubectl, the ERP's image on the nodes, and the charts in a folder.
The last line counts: passed, failed, skipped.`,
    async run({ charts, context, record: recorded }) {
      if (typeof charts !== "string") throw new CommandError("--charts <folder> says where the packaged charts lie.");
      const name =
        typeof context === "string"
          ? context
          : execFileSync("kubectl", ["config", "current-context"]).toString().trim();
      const kubectl = new Kubectl(name);
      await refuseUsedCluster(kubectl);
      const server = await kubectl.run(["version"]);
      const variables = { CLUSTER_CONTEXT: name, CLUSTER_CHARTS: resolve(charts) };
      return runTests(story, variables, recorded === true ? server : undefined);
    },
  };
}

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
  if (found.length > 0)
    throw new CommandError(`This cluster is in use: it has ${found.join(", ")}. Take an empty one.`);
}

/** @param server what `kubectl version` says of it, where the run is to be recorded */
async function runTests(story: Story, variables: Record<string, string>, server?: string): Promise<number> {
  const figures = join(mkdtempSync(join(tmpdir(), "cluster-figures-")), "figures.jsonl");
  writeFileSync(figures, "");
  Object.assign(process.env, variables, { CLUSTER_FIGURES: figures });
  const { results } = await runCLI({ config: "jest.cluster.config.cjs", runInBand: true, _: [story.file], $0: "" }, [
    process.cwd(),
  ]);
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = results;
  if (server) record(story, results, measured(figures), `Kubernetes ${/Server Version: (.*)/.exec(server)?.[1]}`);
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  console.log(`${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`);
  return failed > 0 ? 1 : 0;
}

function measured(file: string): Record<string, string> {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => JSON.parse(line)));
}
