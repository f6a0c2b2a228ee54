import type { ScenarioFiles } from "../../commands/prove/scenario-files";
import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import { contributions } from "../../subjects/listings";
import { everything, profiles, withProfile } from "../fixtures/everything";
import { onceForSettings } from "../once-for-settings";
import { contradictedFiles, scenarioFiles } from "../scenarios";
import type { Invariant } from "./invariant";
import { judgeTexts } from "./judge-texts";

/**
 * promtool plays the scenarios of alerts that differ from the alerts of the fixtures. Other tests play those of the
 * fixtures.
 */
export const provenAlerts: Invariant = {
  name: "every alert fires and stays silent as its scenarios say",
  needs: "promtool",
  faults(all, promtool) {
    const known = new Map(profiles.flatMap((profile) => [...proofs(withProfile(everything, profile))]));
    const changed = new Map<string, Proof>();
    // Most changes of a team leave its other environments unchanged.
    const textsOf = onceForSettings((environment) => {
      const own = [...proofs(environment)].filter(([text]) => !known.has(text));
      for (const [text, proof] of own) changed.set(text, proof);
      return own.map(([text]) => text);
    });
    return judgeTexts(
      all,
      ({ environments }) => [...new Set(environments.flatMap(textsOf))],
      () => {
        const contradicted = contradictedFiles(
          promtool,
          new Map([...changed].map(([text, { files }]) => [text, files])),
        );
        return new Map(
          [...changed].map(([text, { place }]) => [
            text,
            (contradicted.get(text) ?? []).map((value) => scenarioFault(place, value)),
          ]),
        );
      },
    );
  },
};

interface Proof {
  /** The file of the alert. */
  readonly place: string;
  readonly files: ScenarioFiles;
}

/** The files that prove the alerts of an environment, by their text. */
function proofs(environment: Environment): ReadonlyMap<string, Proof> {
  const { alerts, catalogue, fileOf } = contributions(environment);
  return new Map(
    alerts.map((alert) => {
      const files = scenarioFiles({ alert }, catalogue);
      return [JSON.stringify(files), { place: fileOf(alert), files }];
    }),
  );
}

function scenarioFault(place: string, value: string): Fault {
  const rule = "must fire and stay silent as its scenarios say";
  return { place, rule, value, remedy: "change the setting that it depends on, or correct the scenario" };
}
