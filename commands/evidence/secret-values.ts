import { namespaces } from "../../settings/addresses";
import type { Kubectl } from "../cluster/kubectl";

/** A value that must not leave the cluster, and the Secret that holds it, as `namespace/name: key`. */
export interface Held {
  readonly place: string;
  readonly value: string;
}

/**
 * A Secret, as `kubectl get --output=json` prints it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface Secret {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly type: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** Every value of the Secrets of our namespaces; Helm's records of its releases are none. */
export async function clusterSecrets(kubectl: Kubectl): Promise<Held[]> {
  const lists = Object.values(namespaces).map((namespace) =>
    kubectl.list<Secret>("secrets", `--namespace=${namespace}`),
  );
  const secrets = (await Promise.all(lists)).flat().filter(({ type }) => type !== "helm.sh/release.v1");
  return secrets.flatMap(({ metadata: { namespace, name }, data = {} }) =>
    Object.entries(data).flatMap(([key, encoded]) =>
      secretParts(Buffer.from(encoded, "base64").toString()).map((value) => ({
        place: `${namespace}/${name}: ${key}`,
        value,
      })),
    ),
  );
}

/** A shorter value would be found in the middle of words. */
const leastCharacters = 8;

/** Of addresses and of Redis' access list the passwords, of anything else all of it. */
export function secretParts(value: string): string[] {
  const inAddresses = [...value.matchAll(/:\/\/[^:/@\s]*:([^@\s]+)@/g)].map(([, password = ""]) => password);
  const inAccessLists = [...value.matchAll(/(?:^|\s)>(\S+)/g)].map(([, password = ""]) => password);
  const passwords = [...inAddresses, ...inAddresses.map(decodeURIComponent), ...inAccessLists];
  const parts = passwords.length > 0 ? passwords : isPlainAddress(value.trim()) ? [] : [value.trim()];
  return [...new Set(parts)].filter(({ length }) => length >= leastCharacters);
}

/** Whether it is a host with its port alone. A path may be what a webhook is protected by. */
function isPlainAddress(value: string): boolean {
  return /^\w+:\/\/[^/@\s]+\/?$/.test(value);
}

/** The Secrets that a text gives away. */
export function exposedSecrets(text: string, held: readonly Held[]): string[] {
  return held.filter(({ value }) => text.includes(value)).map(({ place }) => place);
}
