import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Run } from "../../commands/run-tool";
import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import { prometheusGroups, type Signals } from "../../signals";
import type { Invariant } from "./invariant";
import { judgeTexts, refusedFiles } from "./judge-texts";

/** promtool loads every rule group of all teams. */
export const validRules: Invariant = {
  name: "Prometheus loads all rules, and its linter finds no problem",
  needs: "promtool",
  faults: (all, promtool) =>
    judgeTexts(
      all,
      ({ signals }) => [...signals].flatMap((entry) => groupTexts(...entry)),
      (groups) => refusals(promtool, groups),
    ),
};

/** The rule groups as text, the same for each environment that differs in its name alone. */
function groupTexts({ name }: Environment, signals: Signals): string[] {
  return prometheusGroups(signals).map((group) =>
    JSON.stringify(group).replaceAll(`"environment":"${name}"`, '"environment":"any"'),
  );
}

function refusals(promtool: Run, groups: ReadonlySet<string>): ReadonlyMap<string, readonly Fault[]> {
  const directory = mkdtempSync(join(tmpdir(), "rules-"));
  try {
    const files = new Map([...groups].map((group, index) => [group, join(directory, `${index}.yaml`)]));
    for (const [group, file] of files) writeFileSync(file, stringify({ groups: [JSON.parse(group)] }));
    const refused = refusedFiles(
      files,
      (...paths) => promtool("check", "rules", "--lint=all", "--lint-fatal", ...paths).failure,
    );
    return new Map([...refused].map(([group, value]) => [group, [groupFault(group, value)]]));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function groupFault(group: string, value: string): Fault {
  const place = `rule group ${JSON.parse(group).name}`;
  return { place, rule: "must be taken by Prometheus", value, remedy: "correct it" };
}
