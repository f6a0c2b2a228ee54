import { synthesize } from "../main";
import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { ownNamespaces } from "../settings/own-namespaces";
import { refuseWithoutTerminal } from "./approval";
import { checkBeforeChanges } from "./check-before-changes";
import { Kubectl } from "./cluster/kubectl";
import { preflight } from "./cluster/preflight";
import { type Command, CommandError, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { refuseFutureSchema } from "./future-schema";
import { nextSteps } from "./next-steps";
import { overrideNotices } from "./override-notices";
import { refusePlaceholders } from "./placeholders";
import { followRollout } from "./rollouts/follow";
import { runStacks } from "./run-stacks";
import { requireSecrets } from "./secrets/require-secrets";
import { reportRelease } from "./sentry/report-release";
import { withToken } from "./sentry/sentry-token";
import { author } from "./silences/author";
import { reachThrough } from "./silences/reach-alertmanager";
import { rolloutScopes } from "./silences/rollout-scopes";
import { type Cover, type RolloutSilenceOptions, whileSilenced } from "./silences/rollout-silence";
import { outputDirectory, sentryStackOf, stacksOf } from "./stack-directory";
import { applyStack } from "./terraform/apply-stack";

const deploy: Command = {
  name: "deploy",
  positionals: environmentArgument,
  options: {
    "auto-approve": {
      type: "boolean",
      help: "applies each plan without asking, for pipelines whose plans were reviewed",
    },
    silence: {
      type: "string",
      value: "reason",
      help: "silences the alerts that the deployment disturbs until it ends, for this reason (docs/planned-work.md)",
    },
  },
  help: `
Deploys an environment to its cluster:

  1. Synthesises all environments, and lets promtool and amtool check the rules and notifications of this one. If a
     program is missing, the command states that and continues: synth has checked them too. If the environment changes
     alerts by \`alerts\`, promtool and Loki play their scenarios with the changed values. promtool runs the tests of the
     rules of teams. A scenario or a test that fails ends the command.
  2. Checks the cluster, and lists every conflict before it changes anything.
  3. Plans each stack (base, monitoring, erp), shows the changes, asks for confirmation, and applies exactly that plan.
     If the environment has a project in Sentry, its stack sentry-<env> is the last one, if SENTRY_AUTH_TOKEN is set.
  4. After the stack base, checks that all Secrets of the environment exist. For tier \`local\`, it creates them.
  5. Waits until everything that was deployed is ready, and prints the release of the ERP and the address of Grafana. With
     SENTRY_AUTH_TOKEN, it reports the release to Sentry.

With \`--silence\`, alerts about the monitoring or the ERP notify nobody from the first change of their stack until the
deployment ends, also if it fails or is interrupted. If it is killed, the silence ends by itself within five minutes.
Alerts about nodes, DNS and the namespaces of teams stay loud, and so does the heartbeat.

You can run it again at any time: it changes only resources that differ. On Ctrl-C, Terraform finishes its current operation. If
a previous run was interrupted, the command detects the unfinished changes and prints the steps to recover. It never
unlocks a state, imports an object or uninstalls a release by itself.

Environment variables: KUBECONFIG; TF_VAR_sentry_dsn, if the environment's Sentry mode is \`managed\`; SENTRY_AUTH_TOKEN, for
the project in Sentry; TF_VAR_* and TF_CLI_ARGS_*, which are passed to Terraform; TERRAFORM_BINARY_NAME=tofu; CI=true or
NO_COLOR, for plain output.

Exit code 0: everything is applied and ready. 1: the deployment was refused, declined or interrupted, or it failed; the
last lines state what was done and what to do next.`,
  async run(given) {
    const environment = environmentOf(given);
    refusePlaceholders(environment, "nothing was deployed");
    refuseFutureSchema(environment, new Date(), "nothing was deployed");
    const autoApprove = given["auto-approve"] === true;
    refuseWithoutTerminal(autoApprove);
    const all = synthesize(loadEnvironments(), outputDirectory);
    for (const [one, signals] of all) {
      if (one.name !== environment.name) continue;
      for (const notice of overrideNotices(new Map([[one, signals]]), new Date())) console.log(`notice: ${notice}`);
      await checkBeforeChanges(one, signals, "nothing was deployed");
    }
    const deployIt = (cover?: Cover) => deployEnvironment(environment, autoApprove, outputDirectory, cover);
    if (given.silence === undefined) await deployIt();
    else await whileSilenced(await silenceOptions(environment, String(given.silence)), deployIt);
    return 0;
  },
};

async function silenceOptions(environment: Environment, reason: string): Promise<RolloutSilenceOptions> {
  const because = reason.trim();
  if (because === "") {
    throw new CommandError(
      'Nothing was deployed: --silence takes the reason, such as `--silence "upgrade of the ERP"`.',
    );
  }
  const reach = reachThrough(new Kubectl(environment.cluster.context));
  return { environment: environment.name, because, createdBy: await author(), reach };
}

/**
 * Deploys the synthesised stacks of an environment to its cluster.
 * @param cover called with what the changes of a stack disturb, before its first change. @default nothing is called
 * @throws {Faults|CommandError} when the deployment is refused, declined, interrupted or fails.
 */
export async function deployEnvironment(
  environment: Environment,
  autoApprove: boolean,
  outdir: string,
  cover?: Cover,
): Promise<void> {
  const kubectl = new Kubectl(environment.cluster.context);
  const inCluster = stacksOf(environment, outdir);
  await preflight(environment, inCluster, kubectl);
  const inSentry = withToken(sentryStackOf(environment, outdir), "the project in Sentry stays as it is");
  await runStacks([...inCluster, ...inSentry], `npm run deploy -- ${environment.name}`, async (stack, index) => {
    const beforeChanges = async () => cover?.(rolloutScopes[index] ?? []);
    await applyStack(stack, kubectl, { autoApprove, beforeChanges });
    // The first stack creates the namespaces of the Secrets, and pods of the next stacks need the Secrets.
    if (index === 0) await requireSecrets(environment, kubectl);
  });
  console.log("\nWaiting until everything is ready:");
  await followRollout(kubectl, ownNamespaces(environment));
  console.log(`\n${await reportRelease(environment)}\n${nextSteps(environment, kubectl)}`);
}

if (require.main === module) void start(deploy);
