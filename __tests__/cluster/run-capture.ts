import { type Command, start } from "../../commands/command";
import { prepareOrContinue } from "./continued-deployment";
import { readMark } from "./deployed-mark";
import { elasticsearchImage } from "./elasticsearch-server";
import { slices } from "./slices";
import { clusterNeeds, clusterOptions, reportSteps, runSuite, testCluster } from "./suite";
import { occasion } from "./verified-page";

const width = Math.max(...slices.map(({ name }) => name.length));
const list = slices.map(({ name, title, minutes: [before, disrupted, after] }) => {
  const minutes = `${before + disrupted + after}`.padStart(2);
  return `  ${name.padEnd(width)}  ${minutes} min  ${title}`;
});

const capture: Command = {
  name: "capture",
  positionals: {},
  operands: { name: "slice", help: "slices to capture; default: all", choices: slices.map(({ name }) => name) },
  options: {
    ...clusterOptions,
    keep: { type: "boolean", help: "keeps the deployment, so that the next slice can continue on it" },
  },
  help: `
Captures slices of the recording that \`npm run preview\` draws. It deploys the fixture \`recorded\` to an empty cluster,
or continues on it. For each slice it waits until no alert fires, disrupts the ERP, undoes that, and writes the samples
and log lines of Prometheus and Loki to preview/recordings/. Without a name, it captures all slices.

${list.join("\n")}

The first slice takes ten minutes more, for the deployment and until rates contain only its samples.

With --keep, the deployment stays; \`npm run test:live -- --destroy\` destroys it.
${clusterNeeds}`,
  async run(given, named) {
    const cluster = await testCluster(given, true);
    await prepareOrContinue(cluster, { images: [elasticsearchImage] });
    const chosen = slices.filter(({ name }) => named.length === 0 || named.includes(name));
    const variables = {
      CLUSTER_SLICES: chosen.map(({ name }) => name).join(),
      CLUSTER_KEEP: String(given.keep),
      CLUSTER_OCCASION: await occasion(cluster),
    };
    const steps = await runSuite("capture.test.ts", cluster, variables);
    if (await readMark(cluster.kubectl)) {
      console.log("The deployment is still there: `npm run test:live -- --destroy` destroys it.");
    }
    return reportSteps(steps);
  },
};

void start(capture);
