import { Faults } from "../../faults";
import type { Environment } from "../../settings/environment";
import { noteFile } from "../../settings/environment-files";
import { validate } from "../../settings/validate";
import { signals } from "../../signals";
import { brokenEnvironments, namelessFile } from "./broken-environments";
import { type Judgement, judge, outside, type Run } from "./judge";
import { unrenderedValues } from "./rendered-values";
import { editedEnvironments } from "./valid-environments";

/** Every environment that the settings accept has signals without faults, and is rendered with every value of its pods. */
export function judgeValid(run: Run): Judgement {
  return judge(
    "valid environments",
    editedEnvironments,
    ({ environment }) => {
      if (settingFaults(environment).length > 0) return outside;
      const content = signals(environment as Environment);
      const { faults } = content;
      // Only the content contains some values that a setting may have, such as the bounds of buckets. A change of an alert that
      // such a value makes wrong can have further faults, where the alert is shown.
      if (faults.some(({ place }) => place.startsWith("config/"))) return outside;
      return faults.length > 0
        ? faults.map(({ place, rule, value }) => `${place}: ${rule}, got ${value}`)
        : unrenderedValues(environment as Environment, content);
    },
    run,
  );
}

/** Every environment with one mistake is refused with one fault, at the setting with the mistake. */
export function judgeBroken(run: Run): Judgement {
  return judge(
    "environments with one mistake",
    brokenEnvironments,
    ({ environment, place }) => {
      const places = settingFaults(environment);
      return places.length === 1 && places[0] === place
        ? []
        : [`expected one fault at ${place}, got ${places.join(", ") || "none"}`];
    },
    run,
  );
}

/** The places of the faults in the settings of an environment. */
export function settingFaults(environment: unknown): readonly string[] {
  try {
    if (typeof environment === "object" && environment !== null) noteFile(environment, namelessFile);
    validate([environment]);
    return [];
  } catch (error) {
    if (error instanceof Faults) return error.faults.map(({ place }) => place);
    throw error;
  }
}
