import { resolve } from "node:path";
import { synthesize } from "../main";
import { readEnvironments } from "../settings/load-environments";
import { type Command, start } from "./command";
import { contentFileFaults } from "./content-files";
import { notices } from "./notices";
import { overrideNotices } from "./override-notices";
import { retentionNotices } from "./retention-notices";
import { sizeNotices } from "./size-notices";
import { outputDirectory, stacksOf } from "./stack-directory";
import { synthTable } from "./synth-table";

export const synth: Command = {
  name: "synth",
  positionals: {},
  options: {},
  help: `
Writes the Terraform configuration of all environments to ${outputDirectory}/, and signals.json with their alerts,
routes, dashboards, keep-lists and names of Secrets (docs/signals-json.md). It needs only Node: no cluster, no
Terraform, no network. If there are faults, it lists all of them, each with its place and its remedy, and writes
nothing. An alert, a metric or a dashboard that no subject lists is a fault, and so is an alert without a runbook.

Exit code 0: the output was written. 1: there are faults, and the previous output is unchanged.`,
  run() {
    const { environments, faults } = readEnvironments();
    const synthesized = synthesize(environments, outputDirectory, [...faults, ...contentFileFaults()]);
    console.log(synthTable(environments.flatMap((environment) => stacksOf(environment))));
    for (const notice of [
      ...notices(environments),
      ...retentionNotices(synthesized),
      ...overrideNotices(synthesized, new Date()),
      ...sizeNotices(environments),
    ])
      console.log(`\nnotice: ${notice}`);
    console.log(
      `\nWritten to ${resolve(outputDirectory)}. Next: npm run diff -- <environment>, or npm run deploy -- <environment>.`,
    );
    return 0;
  },
};

if (require.main === module) void start(synth);
