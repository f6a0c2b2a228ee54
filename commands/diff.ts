import { synthesize } from "../main";
import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { type Command, start } from "./command";
import { environmentArgument, environmentOf } from "./environment-argument";
import { refusePlaceholders } from "./placeholders";
import { outputDirectory, stacksOf } from "./stack-directory";
import { plannedStack } from "./terraform/apply-stack";
import { planSummary } from "./terraform/plan-summary";
import { standInForSentryDsn } from "./terraform/sentry-dsn-variable";

const diff: Command = {
  name: "diff",
  positionals: environmentArgument,
  options: {},
  help: `
Shows what \`npm run deploy\` would change, stack by stack, and changes nothing: first a summary of each stack, deletions
before everything else and chart versions old -> new, then the plans in full. It works on an empty cluster too, and needs
no Sentry DSN: no plan holds it.

Exit code, as of \`terraform plan -detailed-exitcode\`: 0: no change. 1: no plan could be made. 2: there are changes.`,
  async run(given) {
    const environment = environmentOf(given);
    refusePlaceholders(environment, "nothing was planned");
    synthesize(loadEnvironments(), outputDirectory);
    return await diffEnvironment(environment, outputDirectory);
  },
};

/** @returns 0 where the cluster is as it was synthesised, 2 where it is not. */
export async function diffEnvironment({ name }: Environment, outdir: string): Promise<0 | 2> {
  standInForSentryDsn();
  const plans: string[] = [];
  for (const stack of stacksOf({ name }, outdir)) {
    const saved = await plannedStack(stack);
    try {
      console.log(`${stack.name}: ${planSummary(saved.plan)}\n`);
      if (saved.changes) plans.push(`${stack.name} in full:\n${await saved.text()}`);
    } finally {
      saved.discard();
    }
  }
  for (const text of plans) console.log(`${text}\n`);
  console.log(plans.length > 0 ? `Next: npm run deploy -- ${name}` : `${name} is as it should be.`);
  return plans.length > 0 ? 2 : 0;
}

if (require.main === module) void start(diff);
