import type { Environment } from "../../settings/environment";
import { contributions } from "../../subjects/listings";
import { everything, profiles, withProfile } from "../fixtures/everything";
import { contradictedFiles, type ScenarioFiles, scenarioFiles } from "../scenarios";
import type { Invariant } from "./invariant";

/** promtool plays the scenarios of alerts that differ from those of the fixtures, which tests of the product play. */
export const provenAlerts: Invariant = {
  name: "every alert fires and stays silent as its scenarios say",
  needs: "promtool",
  faults(all, promtool) {
    const known = new Set(profiles.flatMap((profile) => [...proofs(withProfile(everything, profile)).keys()]));
    const changed = new Map(
      all.map((one) => [
        one,
        new Map(
          one.environments.flatMap((environment) => [...proofs(environment)].filter(([text]) => !known.has(text))),
        ),
      ]),
    );
    const union = new Map([...changed.values()].flatMap((one) => [...one]).map(([text, { files }]) => [text, files]));
    const contradicted = union.size > 0 ? contradictedFiles(promtool, union) : new Map<string, readonly string[]>();
    return new Map(
      [...changed].map(([one, alerts]) => [
        one,
        [...alerts].flatMap(([text, { place }]) =>
          (contradicted.get(text) ?? []).map((value) => ({
            place,
            rule: "must fire and stay silent as its scenarios say",
            value,
            remedy: "change the setting that it depends on, or correct the scenario",
          })),
        ),
      ]),
    );
  },
};

/** The alerts of an environment by the text of their proof. */
function proofs(
  environment: Environment,
): ReadonlyMap<string, { readonly place: string; readonly files: ScenarioFiles }> {
  const { alerts, catalogue, fileOf } = contributions(environment);
  return new Map(
    alerts.map((alert) => {
      const files = scenarioFiles({ alert, recordings: catalogue.recordings });
      return [JSON.stringify(files), { place: fileOf(alert), files }];
    }),
  );
}
