import type { Signals } from "../../../signals";
import { describe } from "../../secrets/check-secrets";
import { wrongValues } from "../../secrets/wrong-values";
import type { Check } from "../check";
import type { Permission } from "../permissions";

/** To read each Secret that the configuration names, and no other one. */
function permissions({ secrets }: Signals): readonly Permission[] {
  return [...new Set(secrets.map(({ namespace }) => namespace))].map((namespace) => ({
    namespaces: [namespace],
    resources: ["secrets"],
    names: secrets.filter((one) => one.namespace === namespace).map(({ name }) => name),
    verbs: ["get"],
  }));
}

/** The same check as `npm run secrets`. */
export const secretsExist: Check = {
  id: "secrets-exist",
  title: "every Secret exists and has a value for each of its keys",
  permissions,
  readsSecrets: true,
  async run(deployment) {
    const found = await deployment.secrets();
    const failures = found
      .filter(({ missingKeys }) => missingKeys.length > 0)
      .map((one) => ({
        where: `Secret ${one.secret.namespace}/${one.secret.name}`,
        expected: `values for ${one.secret.keys.join(", ")}`,
        found: describe(one),
        runbook: "wrong-secret",
      }));
    return { failures, extent: `${found.length} Secrets` };
  },
};

/** The same check as `npm run secrets`. */
export const secretsUsable: Check = {
  id: "secrets-usable",
  title: "programs can use the values of the Secrets",
  permissions,
  readsSecrets: true,
  async run(deployment) {
    const wrong = wrongValues(deployment.environment, await deployment.secrets());
    const failures = wrong.map((sentence) => {
      const [place = "", ...rest] = sentence.split(": ");
      return {
        where: `Secret ${place}`,
        expected: "a value that its readers accept",
        found: rest.join(": "),
        runbook: "wrong-secret",
      };
    });
    return { failures };
  },
};
