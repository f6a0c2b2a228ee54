import type { Environment } from "../../settings/environment";
import { requiredSecrets } from "../../subjects/required-secrets";
import type { Kubectl } from "../cluster/kubectl";
import { CommandError } from "../command";
import { type CheckedSecret, checkSecrets, describe, remedy, valueIn } from "./check-secrets";
import { laptopSecrets } from "./laptop-secrets";
import { wrongValues } from "./wrong-values";

/**
 * Checks that every Secret which the environment names exists with its keys, and that programs can use the values. For
 * tier `local`, creates missing Secrets.
 * @throws {CommandError} with the commands that create the missing Secrets, and with the values that are wrong.
 */
export async function requireSecrets(environment: Environment, kubectl: Kubectl): Promise<void> {
  const required = requiredSecrets(environment);
  await refuseWithoutNamespaces(environment, new Set(required.map(({ namespace }) => namespace)), kubectl);
  const found = await checkSecrets(required, kubectl);
  const created = environment.tier === "local" ? await createMissing(environment, found, kubectl) : [];
  const isIncomplete = ({ data, missingKeys }: CheckedSecret) => data === undefined || missingKeys.length > 0;
  const missing = found.filter((one) => isIncomplete(one) && !created.includes(one));
  const wrong = wrongValues(environment, found);
  if (missing.length > 0 || wrong.length > 0) {
    throw new CommandError([...missingText(missing, required.length, kubectl), ...wrongText(wrong)].join("\n"));
  }
  console.log(
    `secrets: all ${required.length} exist${created.length > 0 ? `; this run created ${created.length} of them` : ""}`,
  );
}

function missingText(missing: readonly CheckedSecret[], required: number, kubectl: Kubectl): string[] {
  if (missing.length === 0) return [];
  const problem =
    missing.length === 1 ? "is missing or incomplete. Create it" : "are missing or incomplete. Create them";
  return [
    `${missing.length} of ${required} Secrets ${problem}; each <file> contains one value, without a line break at its end:`,
    ...missing.map((one) => `  ${describe(one)}\n    ${remedy(one, kubectl)}`),
  ];
}

function wrongText(wrong: readonly string[]): string[] {
  return wrong.length === 0 ? [] : ["Correct these values of Secrets:", ...wrong.map((one) => `  ${one}`)];
}

async function refuseWithoutNamespaces({ name }: Environment, wanted: Set<string>, kubectl: Kubectl): Promise<void> {
  const printed = await kubectl.run(["get", "namespaces", "--output=name"]);
  const absent = [...wanted].filter((namespace) => !printed.split("\n").includes(`namespace/${namespace}`));
  if (absent.length === 0) return;
  throw new CommandError(
    `The namespaces of the Secrets do not exist yet: ${absent.join(", ")}. The stack ${name}-base creates them. Run \`npm run deploy -- ${name}\`, which applies that stack and then checks the Secrets; or run \`npx cdktf deploy ${name}-base\`, and then this command again.`,
  );
}

/** Creates the missing Secrets, and never changes an existing one. Passes values only through standard input. */
async function createMissing(
  environment: Environment,
  found: readonly CheckedSecret[],
  kubectl: Kubectl,
): Promise<CheckedSecret[]> {
  const values = laptopSecrets(environment, (secret, key) => valueIn(found, secret, key));
  const created = [];
  for (const one of found.filter(({ data }) => data === undefined)) {
    const { namespace, name, keys } = one.secret;
    const secretValues = values.filter(({ secret, key }) => secret === `${namespace}/${name}` && keys.includes(key));
    if (secretValues.length === 0 || secretValues.length < keys.length) continue;
    const stringData = Object.fromEntries(secretValues.map(({ key, value }) => [key, value]));
    const manifest = { apiVersion: "v1", kind: "Secret", metadata: { namespace, name }, stringData };
    await kubectl.run(["create", "--filename=-"], JSON.stringify(manifest));
    created.push(one);
  }
  return created;
}
