import type { RequiredSecret } from "../../subjects/required-secrets";
import type { Kubectl } from "../cluster/kubectl";

/** A required Secret, and what of it is in the cluster. */
export interface Checked {
  readonly secret: RequiredSecret;
  /** The values that the Secret holds, in base64, by key. @default the Secret does not exist */
  readonly held?: Readonly<Record<string, string>>;
  readonly missingKeys: readonly string[];
}

/**
 * A Secret, as `kubectl get --output=json` prints it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface Secret {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

/** Which of the required Secrets are there, and with which of their keys. */
export async function checkSecrets(required: readonly RequiredSecret[], kubectl: Kubectl): Promise<Checked[]> {
  const namespaces = [...new Set(required.map(({ namespace }) => namespace))];
  const found = await Promise.all(namespaces.map((namespace) => secretsIn(namespace, required, kubectl)));
  return required.map((secret) => checkSecret(secret, found.flat()));
}

function checkSecret(secret: RequiredSecret, found: readonly Secret[]): Checked {
  const isIt = ({ metadata }: Secret) => metadata.namespace === secret.namespace && metadata.name === secret.name;
  const there = found.find(isIt);
  if (there === undefined) return { secret, missingKeys: secret.keys };
  const held = there.data ?? {};
  return { secret, held, missingKeys: secret.keys.filter((key) => !held[key]) };
}

/** The value of a key, where both are there. */
export function valueIn(found: readonly Checked[], secret: string, key: string): string | undefined {
  const value = found.find(({ secret: { namespace, name } }) => `${namespace}/${name}` === secret)?.held?.[key];
  return value && Buffer.from(value, "base64").toString();
}

export function describe({ secret: { namespace, name, purpose }, held, missingKeys }: Checked): string {
  const what = held === undefined ? "is not there" : `has no key ${missingKeys.join(", ")}, or nothing in it`;
  return `${namespace}/${name} (${purpose}) ${what}`;
}

/** The command with which people lay down what is missing; values come from files, so that no history keeps them. */
export function remedy({ secret: { namespace, name, keys }, held, missingKeys }: Checked, kubectl: Kubectl): string {
  const command = (...args: string[]) => kubectl.command("-n", namespace, ...args);
  if (held !== undefined) {
    const patch = JSON.stringify({ stringData: Object.fromEntries(missingKeys.map((key) => [key, "…"])) });
    return `${command("patch", "secret", name, "--type=merge", "--patch-file=<file>")}   with a file such as ${patch}`;
  }
  if (keys.includes("tls.crt")) return command("create", "secret", "tls", name, "--cert=<file>", "--key=<file>");
  return command("create", "secret", "generic", name, ...keys.map((key) => `--from-file=${key}=<file>`));
}

async function secretsIn(
  namespace: string,
  required: readonly RequiredSecret[],
  kubectl: Kubectl,
): Promise<readonly Secret[]> {
  const names = required.filter((secret) => secret.namespace === namespace).map(({ name }) => name);
  const args = ["get", "secrets", "-n", namespace, ...names, "--ignore-not-found", "--output=json"];
  const printed = await kubectl.run(args);
  if (printed.trim() === "") return [];
  // One name is answered with the Secret itself, several with a list.
  const answer = JSON.parse(printed);
  return answer.items ?? [answer];
}
