import { writtenConfig } from "../notifications/alertmanager-process";
import type { Run } from "../tools";
import type { Invariant } from "./invariant";

/** amtool reads each configuration; that every alert leads somewhere, the synth has checked. */
export const takenNotifications: Invariant = {
  name: "Alertmanager takes every configuration of notifications",
  needs: "amtool",
  faults(all, amtool) {
    const configs = new Map(
      all.map((one) => [
        one,
        [...one.signals.values()].map(({ alertmanagerConfig }) => JSON.stringify(alertmanagerConfig)),
      ]),
    );
    const failures = refusals(amtool, new Set([...configs.values()].flat()));
    return new Map(
      [...configs].map(([one, texts]) => [
        one,
        texts.flatMap((text) => {
          const value = failures.get(text);
          return value === undefined
            ? []
            : [{ place: "alertmanager", rule: "must be taken by Alertmanager", value, remedy: "correct the setting" }];
        }),
      ]),
    );
  },
};

/** @returns what amtool says against each configuration that it refuses */
function refusals(amtool: Run, configs: ReadonlySet<string>): ReadonlyMap<string, string> {
  const written = [...configs].map((text) => ({ text, ...writtenConfig(JSON.parse(text), emptySecrets(text)) }));
  try {
    const check = (...files: string[]) => amtool("check-config", ...files).failure;
    if (check(...written.map(({ file }) => file)) === undefined) return new Map();
    return new Map(
      written.flatMap(({ text, file }) => {
        const failure = check(file);
        return failure === undefined ? [] : [[text, failure] as const];
      }),
    );
  } finally {
    for (const { remove } of written) remove();
  }
}

/** A file for each key of a Secret that the configuration names. */
function emptySecrets(config: string): Record<string, string> {
  return Object.fromEntries(
    [...config.matchAll(/\/etc\/alertmanager\/secrets\/[^/"]+\/([^/"]+)/g)].map(([, key]) => [key, ""]),
  );
}
