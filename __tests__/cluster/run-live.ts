import { Kubectl } from "../../commands/cluster/kubectl";
import { type Command, CommandError, type Given, start } from "../../commands/command";
import { destroyEnvironment } from "../../commands/destroy";
import { testEnvironment } from "./cluster-environment";
import { foreignDeployment, prepareOrContinue } from "./continued-deployment";
import { deleteMark, readMark } from "./deployed-mark";
import { hasState, outdirOf } from "./deployment-folder";
import { recordStories } from "./recorded-stories";
import { stories } from "./stories/stories";
import type { Story } from "./stories/story";
import { clusterNeeds, clusterOptions, currentContext, reportSteps, runSuite, testCluster } from "./suite";

const width = Math.max(...stories.map(({ name }) => name.length));
const list = stories.map(
  ({ name, minutes, proves }) => `  ${name.padEnd(width)}  ${`${minutes}`.padStart(2)} min  ${proves}`,
);
const hours = Math.round(stories.reduce((sum, { minutes }) => sum + minutes, 0) / 60);

const testLive: Command = {
  name: "test:live",
  positionals: {},
  operands: {
    name: "story",
    help: "stories to run, or `faults`: all stories that inject a fault; default: all",
    choices: ["faults", ...stories.map(({ name }) => name)],
  },
  options: {
    ...clusterOptions,
    keep: { type: "boolean", help: "keeps the deployment, so that the next story can continue on it" },
    destroy: { type: "boolean", help: "destroys the kept deployment, and runs no story" },
    record: { type: "boolean", help: "writes the rows of the stories to docs/verified-live.md and docs/faults.md" },
  },
  help: `
Deploys \`local\` to an empty cluster, runs the named stories there, or all of them (about ${hours} hours), and destroys
the deployment. A story disrupts or changes the deployment, checks the consequences, and leaves the deployment as it
found it.

${list.join("\n")}

Add two minutes to deploy before the first story, and one minute to destroy the deployment after the last one.

With --keep, the deployment stays. It is labelled with the hash of its synth. The next story uses it if the synth of the
current sources has the same hash. Otherwise the next story does not start.
${clusterNeeds}`,
  async run(given, named) {
    if (given.destroy === true) return destroyDeployment(given.context);
    const cluster = await testCluster(given);
    const isNamed = ({ name, fault }: Story) =>
      named.includes(name) || (named.includes("faults") && fault !== undefined);
    const chosen = named.length > 0 ? stories.filter(isNamed) : stories;
    if (chosen.some(({ needs }) => needs !== "any cluster")) {
      const emptyFor = chosen.find(({ needs }) => needs === "empty cluster")?.name;
      await prepareOrContinue(cluster, { images: await imagesOf(chosen, cluster.charts), emptyFor });
    }
    const variables = { CLUSTER_STORIES: chosen.map(({ name }) => name).join(), CLUSTER_KEEP: String(given.keep) };
    const steps = await runSuite("live.test.ts", cluster, variables);
    if (given.record === true) await recordStories(steps, cluster);
    if (await readMark(cluster.kubectl)) {
      console.log("The deployment is still there: `npm run test:live -- --destroy` destroys it.");
    }
    return reportSteps(steps);
  },
};

async function imagesOf(chosen: readonly Story[], charts: string): Promise<readonly string[]> {
  return (await Promise.all(chosen.map(({ images }) => images?.(charts) ?? []))).flat();
}

async function destroyDeployment(given: Given[string]): Promise<number> {
  const context = typeof given === "string" ? given : currentContext();
  const kubectl = new Kubectl(context);
  if (!(await readMark(kubectl))) throw new CommandError(`${context} has no deployment of the cluster tests.`);
  if (!hasState(context)) throw new CommandError(foreignDeployment);
  await destroyEnvironment(testEnvironment({ context, charts: "" }), true, outdirOf(context));
  await deleteMark(kubectl);
  return 0;
}

void start(testLive);
