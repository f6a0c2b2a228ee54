import { refuseAny } from "../faults";
import { synthesize } from "../main";
import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { checkClusterAccess } from "./cluster/cluster-access";
import { Kubectl } from "./cluster/kubectl";
import { leftovers } from "./cluster/leftovers";
import { type Command, CommandError, start } from "./command";
import { environmentArgument, environmentOf } from "./environment-argument";
import { refuseWithoutTerminal } from "./question";
import { outputDirectory, stacksOf } from "./stack-directory";
import { runInTurn } from "./stacks-in-turn";
import { applyStack } from "./terraform/apply-stack";
import { standInForSentryDsn } from "./terraform/sentry-dsn-variable";

const destroy: Command = {
  name: "destroy",
  positionals: environmentArgument,
  options: { "auto-approve": { type: "boolean", help: "destroys without asking" } },
  help: `
Takes a laptop's environment (tier \`local\`) off its cluster, in reverse order: each stack is planned, shown, asked about
and then deleted, with all that Prometheus, Loki and PostgreSQL have stored. At the end it names what is left behind.

Of any other environment it destroys nothing: it prints the steps, for people who mean it.

Exit code 0: gone. 1: refused, declined, interrupted or failed.`,
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
 * Deletes what is deployed of an environment.
 * @throws {Faults|CommandError} when it does not come to its end.
 */
export async function destroyEnvironment(
  environment: Environment,
  autoApprove: boolean,
  outdir: string,
): Promise<void> {
  const kubectl = new Kubectl(environment.cluster.context);
  refuseAny(await checkClusterAccess(environment, kubectl), "nothing was destroyed");
  standInForSentryDsn();
  await runInTurn(stacksOf(environment, outdir).reverse(), `npm run destroy -- ${environment.name}`, (stack) =>
    applyStack(stack, kubectl, { autoApprove, destroy: true }),
  );
  console.log(`\n${environment.name} is gone. Left behind on purpose:\n${await leftovers(environment, kubectl)}`);
}

function stepsByHand({ name, tier }: Environment): string {
  return `\`${name}\` is of tier ${tier}: nothing was destroyed, and this command never will. Its namespaces, its CRDs and
what holds data are protected. Whoever means it does it by hand:

  1. Save what must outlive it: Prometheus' and Loki's data, the dashboards that were made by hand.
  2. In a pull request that says so, take \`preventDestroy\` out of constructs/trust-boundary.ts and constructs/chart-release.ts.
  3. npm run synth
  4. For ${name}-erp, then ${name}-monitoring, then ${name}-base, in cdktf.out/stacks/<stack>:
       terraform init && terraform plan -destroy -out=destroy.tfplan, read it, terraform apply destroy.tfplan
  5. The CRDs stay, and with them every rule and monitor of the cluster; \`kubectl delete crd\` of each would delete those too.`;
}

if (require.main === module) void start(destroy);
