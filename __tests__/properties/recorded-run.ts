import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { table } from "../cluster/verified-page";
import { commit } from "../commit";
import type { Judgement } from "./judge";
import { outputless } from "./outputless-settings";

const path = join(__dirname, "..", "..", "docs", "verified-settings.md");

interface RecordedRun {
  /** The first seed. */
  readonly seed: number;
  readonly broken: readonly Judgement[];
  readonly valid: readonly Judgement[];
  readonly failed: number;
  readonly seconds: number;
}

/** Writes the results of a run of all parts to `docs/verified-settings.md`. */
export function recordRun({ seed, broken, valid, failed, seconds }: RecordedRun): void {
  const lastSeed = (judgements: readonly Judgement[]) => seed + judgements.length - 1;
  const row = (name: string, judgements: readonly Judgement[]) => {
    const [tried, discarded] = [sum(judgements, "tried"), sum(judgements, "discarded")];
    const failures = judgements.filter(({ holds }) => !holds).length;
    return [
      name,
      tried.toLocaleString("en"),
      `${Math.round((100 * discarded) / (tried + discarded))} %`,
      `${seed} to ${lastSeed(judgements)}`,
      String(failures),
    ];
  };
  const rows = [
    row("every accepted environment has rules, routes and dashboards without faults", valid),
    row("every environment with one mistake is refused with one fault, at the mistake", broken),
  ];
  const uses = Object.entries(outputless).map(([name, use]) => [`\`${name}\``, use]);
  writeFileSync(
    path,
    `# Verified: generated settings

This page contains the last results of \`npm run test:properties -- --record\`. The environments are generated from the schema of
the settings: a fixture environment in which a few settings, each with everything below it, have other values. Environments that
the rules about several settings refuse are discarded.

Recorded on ${new Date().toISOString().slice(0, 10)}, commit ${commit()}, Node ${process.version}, in ${Math.round(seconds / 60)} minutes: ${failed === 0 ? "passed" : `${failed} failures`}.

${table(["property", "environments", "discarded", "seeds", "failed seeds"], rows)}

Every other setting changes the output of a synth. These settings do not, because they are used in other ways:

${table(["setting", "use"], uses)}
`,
  );
}

function sum(judgements: readonly Judgement[], count: "tried" | "discarded"): number {
  return judgements.reduce((total, one) => total + one[count], 0);
}
