import { synthesize } from "../main";
import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { type Command, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { refusePlaceholders } from "./placeholders";
import { withToken } from "./sentry/sentry-token";
import { outputDirectory, sentryStackOf, stacksOf } from "./stack-directory";
import { planStack } from "./terraform/apply-stack";
import { planSummary } from "./terraform/plan-summary";
import { setPlaceholderSentryDsn } from "./terraform/sentry-dsn-variable";

const diff: Command = {
  name: "diff",
  positionals: environmentArgument,
  options: {},
  help: `
Shows what \`npm run deploy\` would change, stack by stack, and changes nothing. Prints a summary of each stack, with
deletions first and chart versions as old -> new, then the complete plans. It also works on an empty cluster, and it
needs no Sentry DSN, because no plan contains it. The project in Sentry is compared if SENTRY_AUTH_TOKEN is set.

Exit code 0: no change. 1: planning failed. 2: there are changes. \`terraform plan -detailed-exitcode\` uses the same
codes.`,
  async run(given) {
    const environment = environmentOf(given);
    refusePlaceholders(environment, "nothing was planned");
    synthesize(loadEnvironments(), outputDirectory);
    return await diffEnvironment(environment, outputDirectory);
  },
};

/** @returns 0 if the cluster matches the synthesised stacks, otherwise 2. */
export async function diffEnvironment({ name }: Environment, outdir: string): Promise<0 | 2> {
  setPlaceholderSentryDsn();
  const plans: string[] = [];
  const inSentry = withToken(sentryStackOf({ name }, outdir), "the project in Sentry is not compared");
  for (const stack of [...stacksOf({ name }, outdir), ...inSentry]) {
    const saved = await planStack(stack);
    try {
      console.log(`${stack.name}: ${planSummary(saved.plan)}\n`);
      if (saved.changes) plans.push(`${stack.name}, complete plan:\n${await saved.text()}`);
    } finally {
      saved.discard();
    }
  }
  for (const text of plans) console.log(`${text}\n`);
  console.log(plans.length > 0 ? `Next: npm run deploy -- ${name}` : `No changes: the cluster matches ${name}.`);
  return plans.length > 0 ? 2 : 0;
}

if (require.main === module) void start(diff);
