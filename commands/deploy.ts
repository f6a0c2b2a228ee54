import { synthesize } from "../main";
import { namespaces } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { Kubectl } from "./cluster/kubectl";
import { preflight } from "./cluster/preflight";
import { type Command, start } from "./command";
import { environmentArgument, environmentOf } from "./environment-argument";
import { nextSteps } from "./next-steps";
import { refusePlaceholders } from "./placeholders";
import { refuseWithoutTerminal } from "./question";
import { followRollout } from "./rollouts/follow";
import { requireSecrets } from "./secrets/require-secrets";
import { outputDirectory, stacksOf } from "./stack-directory";
import { runInTurn } from "./stacks-in-turn";
import { applyStack } from "./terraform/apply-stack";

const deploy: Command = {
  name: "deploy",
  positionals: environmentArgument,
  options: { "auto-approve": { type: "boolean", help: "applies each plan without asking, for pipelines" } },
  help: `
Brings an environment to its cluster:

  1. synthesises all environments;
  2. looks at the cluster, and refuses with everything that stands in the way, before anything is touched;
  3. plans each stack (base, monitoring, erp), shows what would change, asks, and applies exactly that plan;
  4. after base, sees that the Secrets which the environment names are there (a laptop's it makes itself);
  5. follows what was deployed until all of it is up, and says where Grafana is.

It may be run again at any time; what has not changed is left alone. Ctrl-C lets Terraform end what it has begun. What
an interruption left behind is recognised and the way out is printed; nothing is unlocked, imported or uninstalled here.

Environment variables: KUBECONFIG; TF_VAR_sentry_dsn, where the environment writes its Sentry DSN itself; TF_VAR_* and
TF_CLI_ARGS_*, handed to Terraform; TERRAFORM_BINARY_NAME=tofu; CI=true or NO_COLOR, for plain output.

Exit code 0: applied, and up. 1: refused, declined, interrupted or failed; the last lines say what state things are in.`,
  async run(given) {
    const environment = environmentOf(given);
    refusePlaceholders(environment, "nothing was deployed");
    const autoApprove = given["auto-approve"] === true;
    refuseWithoutTerminal(autoApprove);
    synthesize(loadEnvironments(), outputDirectory);
    await deployEnvironment(environment, autoApprove, outputDirectory);
    return 0;
  },
};

/**
 * Brings what was synthesised of an environment to its cluster.
 * @throws {Faults|CommandError} when it does not come to its end.
 */
export async function deployEnvironment(environment: Environment, autoApprove: boolean, outdir: string): Promise<void> {
  const kubectl = new Kubectl(environment.cluster.context);
  const stacks = stacksOf(environment, outdir);
  await preflight(environment, stacks, kubectl);
  await runInTurn(stacks, `npm run deploy -- ${environment.name}`, async (stack, index) => {
    await applyStack(stack, kubectl, { autoApprove });
    // The Secrets live in the namespaces of the first stack, and pods of the next ones need them.
    if (index === 0) await requireSecrets(environment, kubectl);
  });
  console.log("\nFollowing what was deployed:");
  await followRollout(kubectl, Object.values(namespaces));
  console.log(`\n${nextSteps(environment, kubectl)}`);
}

if (require.main === module) void start(deploy);
