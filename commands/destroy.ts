import { refuseAny } from "../faults";
import { synthesize } from "../main";
import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { sentryProjectOf } from "../settings/sentry-project-of";
import { refuseWithoutTerminal } from "./approval";
import { checkClusterAccess } from "./cluster/cluster-access";
import { Kubectl } from "./cluster/kubectl";
import { leftovers } from "./cluster/leftovers";
import { type Command, CommandError, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { runStacks } from "./run-stacks";
import { withToken } from "./sentry/sentry-token";
import { outputDirectory, sentryStackOf, stacksOf } from "./stack-directory";
import { applyStack } from "./terraform/apply-stack";
import { setPlaceholderSentryDsn } from "./terraform/sentry-dsn-variable";

const destroy: Command = {
  name: "destroy",
  positionals: environmentArgument,
  options: { "auto-approve": { type: "boolean", help: "destroys without asking" } },
  help: `
Deletes an environment of tier \`local\` from its cluster. For each stack, in reverse order, it shows the plan, asks for
confirmation, and deletes the stack, with all data that Prometheus, Loki and PostgreSQL have stored. A project in Sentry is
deleted with its events, if SENTRY_AUTH_TOKEN is set. At the end it lists the remaining resources.

For any other environment it deletes nothing, and prints the steps to destroy the environment by hand.

Exit code 0: the environment is destroyed. 1: the command was refused, declined or interrupted, or it failed.`,
  async run(given) {
    const environment = environmentOf(given);
    if (environment.tier !== "local") throw new CommandError(stepsByHand(environment));
    const autoApprove = given["auto-approve"] === true;
    refuseWithoutTerminal(autoApprove);
    synthesize(loadEnvironments(), outputDirectory);
    await destroyEnvironment(environment, autoApprove, outputDirectory);
    return 0;
  },
};

/**
 * Deletes the deployed stacks of an environment.
 * @throws {Faults|CommandError} when the deletion is refused, declined, interrupted or fails.
 */
export async function destroyEnvironment(
  environment: Environment,
  autoApprove: boolean,
  outdir: string,
): Promise<void> {
  const kubectl = new Kubectl(environment.cluster.context);
  refuseAny(await checkClusterAccess(environment, kubectl), "nothing was destroyed");
  setPlaceholderSentryDsn();
  const inSentry = withToken(sentryStackOf(environment, outdir), "the project in Sentry remains");
  await runStacks(
    [...inSentry, ...stacksOf(environment, outdir).reverse()],
    `npm run destroy -- ${environment.name}`,
    (stack) => applyStack(stack, kubectl, { autoApprove, destroy: true }),
  );
  console.log(`\n${environment.name} is destroyed. These remain:\n${await leftovers(environment, kubectl)}`);
}

function stepsByHand(environment: Environment): string {
  const { name, tier } = environment;
  const first = sentryProjectOf(environment) ? `sentry-${name}, then ` : "";
  return `Nothing was destroyed: \`${name}\` has tier ${tier}, and this command only destroys environments of tier local. Its
namespaces, its CRDs and the resources that contain data are protected. To destroy it by hand:

  1. Save the data that you still need: the data of Prometheus and Loki, and dashboards that were created by hand.
  2. In a pull request that states the purpose, remove \`preventDestroy\` from constructs/trust-boundary.ts${first ? "," : " and"}
     constructs/chart-release.ts${first ? " and constructs/sentry-project.ts" : ""}.
  3. npm run synth
  4. For ${first}${name}-erp, then ${name}-monitoring, then ${name}-base, in cdktf.out/stacks/<stack>:
       terraform init && terraform plan -destroy -out=destroy.tfplan, read the plan, terraform apply destroy.tfplan
  5. The CRDs stay, with every rule and monitor of the cluster. \`kubectl delete crd\` would delete these as well.`;
}

if (require.main === module) void start(destroy);
