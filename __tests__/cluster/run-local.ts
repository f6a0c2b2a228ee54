import { type Command, start } from "../../commands/command";
import { recordDeployment } from "./recorded-deployment";
import { clusterNeeds, clusterOptions, prepareEmptyCluster, reportSteps, runSuite, testCluster } from "./suite";

const testClusterCommand: Command = {
  name: "test:cluster",
  positionals: {},
  options: {
    ...clusterOptions,
    record: { type: "boolean", help: "writes the results and the measured values to docs/verified.md" },
  },
  help: `
Deploys \`local\` to an empty cluster, checks it, and destroys it. It checks that a second plan is empty, \`verify\` finds
everything as configured, only the needed connections are open, a log line arrives, an outage pages, and no artefact contains a secret. It
takes about six minutes. All other proofs on a cluster are stories of \`test:live\`.
${clusterNeeds}`,
  async run(given) {
    const cluster = await testCluster(given);
    await prepareEmptyCluster(cluster);
    const steps = await runSuite("deployment.test.ts", cluster);
    if (given.record === true) await recordDeployment(steps, cluster);
    return reportSteps(steps);
  },
};

void start(testClusterCommand);
