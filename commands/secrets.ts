import { refuseAny } from "../faults";
import { checkClusterAccess } from "./cluster/cluster-access";
import { Kubectl } from "./cluster/kubectl";
import { type Command, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { refusePlaceholders } from "./placeholders";
import { requireSecrets } from "./secrets/require-secrets";

const secrets: Command = {
  name: "secrets",
  positionals: environmentArgument,
  options: {},
  help: `
Checks that the cluster contains all Secrets of the environment, with all of their keys. The file of the environment in
config/ names these Secrets. Prints the
command that creates each missing Secret. For tier \`local\`, it creates the Secrets of Grafana, PostgreSQL, Redis and
the traffic generator itself, with random values that exist only in the cluster, and never changes an existing Secret.

It also checks the values of existing Secrets: URLs of servers and receivers (white space, characters that must be
percent-encoded, a missing host, a wrong port), the Sentry DSN, white space around user names and passwords, and that
\`erp.identity.keys\` is a JWK set with a public key that can verify a signature, and without a private key. It never
prints a value.

The stack <environment>-base creates the namespaces of the Secrets. \`npm run deploy\` performs this check after that
stack. If you use \`npx cdktf deploy\`, deploy <environment>-base first, then run this command, then deploy the other
stacks.

Exit code 0: all Secrets exist. 1: some are missing or wrong, or the cluster cannot be reached.`,
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
