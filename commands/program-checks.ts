import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Fault, refuseAny } from "../faults";
import { prometheusGroups, type Signals } from "../signals";
import { builtProgram, notInstalledText } from "./built-program";
import type { Run } from "./run-tool";
import type { Tool } from "./tool";

/** The program, if it is on PATH in the pinned version or was built before. */
export type FindProgram = (name: Tool) => Run | undefined;

/**
 * Lets promtool and amtool check the rules and notifications of an environment, and prints what was checked. In the
 * cluster nothing refuses a faulty one, because the operator's webhook is off. It takes less than a second.
 * @throws {Faults} when a program refuses something.
 */
export function checkWithPrograms(
  signals: Signals,
  find: FindProgram = builtProgram,
  title = "nothing was deployed",
): void {
  const folder = mkdtempSync(join(tmpdir(), "program-checks-"));
  try {
    const checks = [
      { tool: "promtool", what: "the rules", check: checkRules },
      { tool: "amtool", what: "the notifications", check: checkConfiguration },
    ] as const;
    const faults = checks.flatMap(({ tool, what, check }) => {
      const run = find(tool);
      if (run) {
        const found = check(signals, folder, run);
        console.log(`${tool}: ${found.length === 0 ? "accepts" : "refuses"} ${what}`);
        return found;
      }
      console.log(notInstalledText(tool, `so only synth has checked ${what}`));
      return [];
    });
    refuseAny(faults, title);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function checkRules(signals: Signals, folder: string, promtool: Run): readonly Fault[] {
  const groups = prometheusGroups(signals);
  const files = new Map(groups.map((group) => [group.name, join(folder, `${group.name}.json`)]));
  for (const group of groups) writeFileSync(files.get(group.name) ?? "", JSON.stringify({ groups: [group] }));
  if (promtool("check", "rules", ...files.values()).failure === undefined) return [];
  return [...files].flatMap(([name, file]) =>
    refusal(`rule group ${name}`, "must be accepted by Prometheus", promtool("check", "rules", file).failure),
  );
}

function checkConfiguration(signals: Signals, folder: string, amtool: Run): readonly Fault[] {
  const text = JSON.stringify(signals.alertmanagerConfig);
  const file = join(folder, "alertmanager.json");
  writeFileSync(join(folder, "messages.tmpl"), signals.alertMessages);
  writeFileSync(file, text.replaceAll("/etc/alertmanager/config/", `${folder}/`));
  return refusal("alertmanager", "must be accepted by Alertmanager", amtool("check-config", file).failure);
}

function refusal(place: string, rule: string, value: string | undefined): readonly Fault[] {
  return value === undefined ? [] : [{ place, rule, value: value.trim(), remedy: "correct what it names" }];
}
