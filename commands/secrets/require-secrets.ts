import type { Environment } from "../../settings/environment";
import { requiredSecrets } from "../../subjects/required-secrets";
import type { Kubectl } from "../cluster/kubectl";
import { CommandError } from "../command";
import { type Checked, checkSecrets, describe, remedy, valueIn } from "./check-secrets";
import { laptopSecrets } from "./laptop-secrets";

/**
 * Sees to it that every Secret which the environment names is there with its keys. On a laptop it makes those that it can.
 * @throws {CommandError} with the commands that make those that are missing.
 */
export async function requireSecrets(environment: Environment, kubectl: Kubectl): Promise<void> {
  const required = requiredSecrets(environment);
  await refuseWithoutNamespaces(environment, new Set(required.map(({ namespace }) => namespace)), kubectl);
  const found = await checkSecrets(required, kubectl);
  const made = environment.tier === "local" ? await createMissing(environment, found, kubectl) : [];
  const missing = found.filter((one) => one.missingKeys.length > 0 && !made.includes(one));
  if (missing.length > 0) {
    throw new CommandError(
      [
        `${missing.length} of ${required.length} Secrets are missing or incomplete. Lay them down; each <file> holds one value, without a line break at its end:`,
        ...missing.map((one) => `  ${describe(one)}\n    ${remedy(one, kubectl)}`),
      ].join("\n"),
    );
  }
  console.log(
    `secrets: all ${required.length} are there${made.length > 0 ? `, ${made.length} of them made just now` : ""}`,
  );
}

async function refuseWithoutNamespaces({ name }: Environment, wanted: Set<string>, kubectl: Kubectl): Promise<void> {
  const printed = await kubectl.run(["get", "namespaces", "--output=name"]);
  const absent = [...wanted].filter((namespace) => !printed.split("\n").includes(`namespace/${namespace}`));
  if (absent.length === 0) return;
  throw new CommandError(
    `The Secrets' namespaces are not there yet: ${absent.join(", ")}. The stack ${name}-base makes them: \`npm run deploy -- ${name}\` applies it first and then comes here by itself; with cdktf's own command, \`npx cdktf deploy ${name}-base\` comes before this one.`,
  );
}

/** Creates, and never changes: what is there stays as it is. Values travel through standard input only. */
async function createMissing(
  environment: Environment,
  found: readonly Checked[],
  kubectl: Kubectl,
): Promise<Checked[]> {
  const values = laptopSecrets(environment, (secret, key) => valueIn(found, secret, key));
  const made = [];
  for (const one of found.filter(({ held }) => held === undefined)) {
    const { namespace, name, keys } = one.secret;
    const secretValues = values.filter(({ secret, key }) => secret === `${namespace}/${name}` && keys.includes(key));
    if (secretValues.length < keys.length) continue;
    const stringData = Object.fromEntries(secretValues.map(({ key, value }) => [key, value]));
    const manifest = { apiVersion: "v1", kind: "Secret", metadata: { namespace, name }, stringData };
    await kubectl.run(["create", "--filename=-"], JSON.stringify(manifest));
    made.push(one);
  }
  return made;
}
