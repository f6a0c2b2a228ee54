import type { Run } from "../../commands/run-tool";
import type { Fault } from "../../faults";
import { writeConfig } from "../notifications/alertmanager-process";
import type { Invariant } from "./invariant";
import { judgeTexts, refusedFiles } from "./judge-texts";

/** amtool checks each configuration. The synth has already checked that every alert reaches a receiver. */
export const validNotifications: Invariant = {
  name: "Alertmanager accepts every configuration of notifications",
  needs: "amtool",
  faults: (all, amtool) =>
    judgeTexts(
      all,
      ({ signals }) => [...signals.values()].map(({ alertmanagerConfig }) => JSON.stringify(alertmanagerConfig)),
      (configs) => refusals(amtool, configs),
    ),
};

function refusals(amtool: Run, configs: ReadonlySet<string>): ReadonlyMap<string, readonly Fault[]> {
  const written = [...configs].map((text) => ({ text, ...writeConfig(JSON.parse(text), emptySecrets(text)) }));
  try {
    const files = new Map(written.map(({ text, file }) => [text, file]));
    const refused = refusedFiles(files, (...paths) => amtool("check-config", ...paths).failure);
    return new Map([...refused].map(([text, value]) => [text, [configFault(value)]]));
  } finally {
    for (const { remove } of written) remove();
  }
}

function configFault(value: string): Fault {
  return { place: "alertmanager", rule: "must be taken by Alertmanager", value, remedy: "correct the setting" };
}

/** An empty file for each key of a Secret in the configuration. */
function emptySecrets(config: string): Record<string, string> {
  return Object.fromEntries(
    [...config.matchAll(/\/etc\/alertmanager\/secrets\/[^/"]+\/([^/"]+)/g)].map(([, key]) => [key, ""]),
  );
}
