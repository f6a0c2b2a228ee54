import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { RuleGroup } from "../../kit/alerts/rule-group";
import type { Environment } from "../../settings/environment";
import { type Signals, signals } from "../../signals";
import { everywhere } from "../fixtures/everything";
import type { Run } from "../tools";
import type { Invariant } from "./invariant";

/** promtool loads the rule groups that differ from those of the fixtures, which tests of the product load. */
export const loadedRules: Invariant = {
  name: "Prometheus loads all rules, and its linter finds nothing",
  needs: "promtool",
  faults(all, promtool) {
    const known = new Set(everywhere.flatMap((one) => groupTexts(one, signals(one))));
    const changed = new Map(
      all.map((one) => [
        one,
        [...one.signals].flatMap((entry) => groupTexts(...entry).filter((text) => !known.has(text))),
      ]),
    );
    const failures = refusals(promtool, new Set([...changed.values()].flat()));
    return new Map(
      [...changed].map(([one, texts]) => [
        one,
        texts.flatMap((text) => {
          const value = failures.get(text);
          return value === undefined
            ? []
            : [
                {
                  place: `rule group ${JSON.parse(text).name}`,
                  rule: "must be taken by Prometheus",
                  value,
                  remedy: "correct it",
                },
              ];
        }),
      ]),
    );
  },
};

/** The rule groups as text, the same for each environment that differs in its name alone. */
function groupTexts({ name }: Environment, { platform, erp }: Signals): string[] {
  const groups: readonly RuleGroup[] = [platform, erp].flatMap(({ rules }) => rules.flatMap((one) => one.groups));
  return groups.map((group) => JSON.stringify(group).replaceAll(`"environment":"${name}"`, '"environment":"any"'));
}

/** @returns what promtool says against each group that it refuses */
function refusals(promtool: Run, groups: ReadonlySet<string>): ReadonlyMap<string, string> {
  if (groups.size === 0) return new Map();
  const directory = mkdtempSync(join(tmpdir(), "rules-"));
  try {
    const files = [...groups].map((group, index) => {
      const file = join(directory, `${index}.yaml`);
      writeFileSync(file, stringify({ groups: [JSON.parse(group)] }));
      return { group, file };
    });
    const check = (...paths: string[]) => promtool("check", "rules", "--lint=all", "--lint-fatal", ...paths).failure;
    if (check(...files.map(({ file }) => file)) === undefined) return new Map();
    return new Map(files.flatMap(({ group, file }) => refusal(group, check(file))));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function refusal(group: string, failure: string | undefined): [string, string][] {
  return failure === undefined ? [] : [[group, failure]];
}
