import type { Run } from "../../commands/run-tool";
import type { Fault } from "../../faults";
import { writtenConfig } from "../notifications/alertmanager-process";
import type { Invariant } from "./invariant";
import { judgeTexts, refusedFiles } from "./judged-texts";

/** amtool reads each configuration; that every alert leads somewhere, the synth has checked. */
export const takenNotifications: Invariant = {
  name: "Alertmanager takes every configuration of notifications",
  needs: "amtool",
  faults: (all, amtool) =>
    judgeTexts(
      all,
      ({ signals }) => [...signals.values()].map(({ alertmanagerConfig }) => JSON.stringify(alertmanagerConfig)),
      (configs) => refusals(amtool, configs),
    ),
};

function refusals(amtool: Run, configs: ReadonlySet<string>): ReadonlyMap<string, readonly Fault[]> {
  const written = [...configs].map((text) => ({ text, ...writtenConfig(JSON.parse(text), emptySecrets(text)) }));
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

/** A file for each key of a Secret that the configuration names. */
function emptySecrets(config: string): Record<string, string> {
  return Object.fromEntries(
    [...config.matchAll(/\/etc\/alertmanager\/secrets\/[^/"]+\/([^/"]+)/g)].map(([, key]) => [key, ""]),
  );
}
