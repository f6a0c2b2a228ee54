import { refuseAny } from "../faults";
import { checkClusterAccess } from "./cluster/cluster-access";
import { Kubectl } from "./cluster/kubectl";
import { type Command, start } from "./command";
import { environmentArgument, environmentOf } from "./environment-argument";
import { refusePlaceholders } from "./placeholders";
import { requireSecrets } from "./secrets/require-secrets";

const secrets: Command = {
  name: "secrets",
  positionals: environmentArgument,
  options: {},
  help: `
Checks that every Secret which the environment's file names is in the cluster, with all of its keys, and prints for each
that is not the command that makes it. On a laptop (tier \`local\`) it makes those of Grafana, PostgreSQL and Redis itself:
random, in the cluster only, and never over one that exists.

Their namespaces come from the stack <environment>-base. \`npm run deploy\` comes here by itself after that stack; with
\`npx cdktf deploy\`, deploy <environment>-base, then run this, then deploy the rest.

Exit code 0: all are there. 1: some are missing, or the cluster cannot be asked.`,
  async run(given) {
    const environment = environmentOf(given);
    refusePlaceholders(environment, "nothing was checked");
    const kubectl = new Kubectl(environment.cluster.context);
    refuseAny(await checkClusterAccess(environment, kubectl), "nothing was checked");
    await requireSecrets(environment, kubectl);
    return 0;
  },
};

if (require.main === module) void start(secrets);
