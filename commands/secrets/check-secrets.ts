import { type RequiredSecret, registryKey } from "../../subjects/required-secrets";
import type { Kubectl } from "../cluster/kubectl";

/** A required Secret, with the part of it that exists in the cluster. */
export interface CheckedSecret {
  readonly secret: RequiredSecret;
  /** The values of the Secret in base64, by key. @default the Secret does not exist */
  readonly data?: Readonly<Record<string, string>>;
  /** The type of the Secret, such as `Opaque`. @default the Secret does not exist */
  readonly type?: string;
  readonly missingKeys: readonly string[];
}

/**
 * A Secret, as `kubectl get --output=json` prints it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface Secret {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly type?: string;
}

/** Reads the required Secrets from the cluster. */
export async function checkSecrets(required: readonly RequiredSecret[], kubectl: Kubectl): Promise<CheckedSecret[]> {
  const namespaces = [...new Set(required.map(({ namespace }) => namespace))];
  const found = await Promise.all(namespaces.map((namespace) => secretsIn(namespace, required, kubectl)));
  return required.map((secret) => checkSecret(secret, found.flat()));
}

function checkSecret(secret: RequiredSecret, found: readonly Secret[]): CheckedSecret {
  const isIt = ({ metadata }: Secret) => metadata.namespace === secret.namespace && metadata.name === secret.name;
  const existing = found.find(isIt);
  if (existing === undefined) return { secret, missingKeys: secret.keys };
  const data = existing.data ?? {};
  return { secret, data, type: existing.type, missingKeys: secret.keys.filter((key) => !data[key]) };
}

/** The value of a key of a Secret; undefined if it does not exist. */
export function valueIn(found: readonly CheckedSecret[], secret: string, key: string): string | undefined {
  const value = found.find(({ secret: { namespace, name } }) => `${namespace}/${name}` === secret)?.data?.[key];
  return value && Buffer.from(value, "base64").toString();
}

export function describe({ secret: { namespace, name, purpose }, data, missingKeys }: CheckedSecret): string {
  const problem = data === undefined ? "does not exist" : `has no value for the key ${missingKeys.join(", ")}`;
  return `${namespace}/${name} (${purpose}) ${problem}`;
}

/**
 * The command that creates or completes a Secret. Values come from files, so that the shell's history contains none.
 */
export function remedy({ secret, data, missingKeys }: CheckedSecret, kubectl: Kubectl): string {
  if (data === undefined) return creationCommand(secret, kubectl);
  const { namespace, name } = secret;
  const patch = JSON.stringify({ stringData: Object.fromEntries(missingKeys.map((key) => [key, "…"])) });
  const command = kubectl.command("-n", namespace, "patch", "secret", name, "--type=merge", "--patch-file=<file>");
  return `${command}   with a file such as ${patch}`;
}

/** The command that creates a Secret from files with its values. */
export function creationCommand({ namespace, name, keys }: RequiredSecret, kubectl: Kubectl): string {
  const command = (...args: string[]) => kubectl.command("-n", namespace, "create", "secret", ...args);
  if (keys.includes(registryKey)) return command("docker-registry", name, `--from-file=${registryKey}=<file>`);
  if (keys.includes("tls.crt")) return command("tls", name, "--cert=<file>", "--key=<file>");
  if (keys.length === 0) return command("generic", name, "--from-env-file=<file>");
  return command("generic", name, ...keys.map((key) => `--from-file=${key}=<file>`));
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
  // For one name, kubectl prints the Secret itself; for several names, it prints a list.
  const answer = JSON.parse(printed);
  return answer.items ?? [answer];
}
