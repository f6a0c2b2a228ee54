import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCLI } from "jest";
import { Kubectl } from "../../commands/cluster/kubectl";
import { CommandError, type Given, type Option } from "../../commands/command";
import { namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { commit } from "../commit";
import { testEnvironment } from "./cluster-environment";
import { type DeployedMark, testNamespace } from "./deployed-mark";
import { emptyDeploymentFolder, synthHash } from "./deployment-folder";
import { refuseMissingNeeds } from "./missing-needs";
import { judgement, resultsByStep } from "./results";

/** Options of both commands that run on a real cluster. */
export const clusterOptions: Readonly<Record<string, Option>> = {
  charts: { type: "string", value: "folder", help: "folder with <chart>-<version>.tgz of every chart" },
  context: { type: "string", value: "context", help: "context of the kubeconfig; default: the current one" },
  pull: { type: "boolean", help: "lets the nodes pull images that they do not have" },
};

/** What both commands need, as a paragraph of `--help`. */
export const clusterNeeds = `
The command deploys \`__tests__/fixtures/local.ts\` without Grafana, not \`config/local.ts\`. It needs terraform,
kubectl, the charts in a folder, and the images on the nodes. Before it deploys anything, it lists all charts and
images that are missing. The command prints values that differ between runs, such as times and memory use, at the end
with their budgets. These values never make a run fail. The last line states the numbers of passed, failed and skipped
tests.`;

/** A cluster, and the environment to deploy to it. */
export interface TestCluster {
  readonly kubectl: Kubectl;
  readonly charts: string;
  readonly pull: boolean;
  readonly environment: Environment;
  /** The hash of the synth of the environment, and the commit of the working tree. */
  readonly mark: DeployedMark;
}

/** The result of one step. */
export interface Step {
  readonly title: string;
  readonly status: string;
  readonly seconds: number;
}

/**
 * The cluster that the options name.
 *
 * @param recorded whether the environment is the one that recordings are captured from
 * @throws {CommandError} when `--charts` is missing, or the cluster does not answer.
 */
export async function testCluster({ charts, context, pull }: Given, recorded = false): Promise<TestCluster> {
  if (typeof charts !== "string") throw new CommandError("Set --charts <folder> to the folder of the packaged charts.");
  const kubectl = new Kubectl(typeof context === "string" ? context : currentContext());
  console.log(await kubectl.run(["cluster-info"]));
  const folder = resolve(charts);
  const environment = testEnvironment({ context: kubectl.context, charts: folder, recorded });
  const mark = { synth: synthHash(environment), commit: commit() };
  return { kubectl, charts: folder, pull: pull === true, environment, mark };
}

/** The context that kubectl uses. */
export function currentContext(): string {
  return execFileSync("kubectl", ["config", "current-context"], { encoding: "utf8" }).trim();
}

/**
 * Checks that the cluster can be deployed to, and removes the files of an earlier deployment from this working tree.
 *
 * @param images images of further pods that the tests start
 * @throws {CommandError} when the cluster is in use, or charts or images are missing.
 */
export async function prepareEmptyCluster(
  { kubectl, environment, charts, pull }: TestCluster,
  images: readonly string[] = [],
): Promise<void> {
  await refuseUsedCluster(kubectl);
  await refuseMissingNeeds(environment, charts, kubectl, pull, images);
  emptyDeploymentFolder(kubectl.context);
}

async function refuseUsedCluster(kubectl: Kubectl): Promise<void> {
  const present = await kubectl.list<{ metadata: { name: string } }>("namespaces");
  const definitions = await kubectl.list<{ metadata: { name: string } }>("customresourcedefinitions");
  const ours: string[] = [...Object.values(namespaces), testNamespace];
  const found = [
    ...present
      .filter(({ metadata }) => ours.includes(metadata.name))
      .map(({ metadata }) => `namespace ${metadata.name}`),
    ...definitions
      .filter(({ metadata }) => metadata.name.endsWith(".monitoring.coreos.com"))
      .map(({ metadata }) => metadata.name),
  ];
  if (found.length === 0) return;
  throw new CommandError(`This cluster is in use: it has ${found.join(", ")}.
If the cluster tests deployed that from this working tree, \`npm run test:live -- --destroy\` destroys it.
Otherwise use an empty cluster.`);
}

/**
 * Runs one test file.
 * @returns the steps in the order in which they ran
 */
export async function runSuite(
  file: string,
  { kubectl, charts, mark }: TestCluster,
  variables: Readonly<Record<string, string>> = {},
): Promise<readonly Step[]> {
  const results = join(mkdtempSync(join(tmpdir(), "cluster-results-")), "results.jsonl");
  writeFileSync(results, "");
  Object.assign(process.env, variables, {
    CLUSTER_CONTEXT: kubectl.context,
    CLUSTER_CHARTS: charts,
    CLUSTER_SYNTH: mark.synth,
    CLUSTER_COMMIT: mark.commit,
    CLUSTER_RESULTS: results,
  });
  const jest = await runCLI({ config: "jest.cluster.config.cjs", runInBand: true, _: [file], $0: "" }, [process.cwd()]);
  const suites = jest.results.testResults;
  const steps = suites.flatMap(({ testResults }) =>
    testResults.map(({ title, status, duration }) => ({ title, status, seconds: Math.round((duration ?? 0) / 1000) })),
  );
  if (jest.results.numRuntimeErrorTestSuites > 0) steps.push({ title: `${file} runs`, status: "failed", seconds: 0 });
  return steps;
}

/** Prints the measured values, the losses and the count. @returns the exit code */
export function reportSteps(steps: readonly Step[]): number {
  for (const [title, { lost }] of resultsByStep()) {
    if (lost.length > 0) console.log(`\nLost during ${title}:\n  ${lost.join("\n  ")}`);
  }
  const figures = [...resultsByStep().values()].flatMap((results) => results.figures);
  if (figures.length > 0) {
    const width = Math.max(...figures.map(({ name }) => name.length));
    console.log("\nMeasurements, with their budgets (a value over its budget is not a failure):");
    for (const figure of figures) {
      const budget = judgement(figure);
      console.log(`  ${figure.name.padEnd(width)}  ${figure.value}${budget && ` (budget ${budget})`}`);
    }
  }
  const count = (status: string) => steps.filter((step) => step.status === status).length;
  const skipped = steps.length - count("passed") - count("failed");
  console.log(`${count("passed")} passed, ${count("failed")} failed, ${skipped} skipped`);
  return count("failed") > 0 ? 1 : 0;
}
