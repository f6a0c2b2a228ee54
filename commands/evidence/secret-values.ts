import { namespaces } from "../../settings/addresses";
import type { Kubectl } from "../cluster/kubectl";

/** A value that must not leave the cluster, and the Secret that contains it, as `namespace/name: key`. */
export interface SecretPart {
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

/** Every secret value in our namespaces. Helm's records of its releases are not secret. */
export async function clusterSecrets(kubectl: Kubectl): Promise<SecretPart[]> {
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

/** Shorter values would also be found in ordinary words. */
const leastCharacters = 8;

/** The passwords in addresses and in Redis' access list; of any other value, the whole value. */
export function secretParts(value: string): string[] {
  const inAddresses = [...value.matchAll(/:\/\/[^:/@\s]*:([^@\s]+)@/g)].map(([, password = ""]) => password);
  const inAccessLists = [...value.matchAll(/(?:^|\s)>(\S+)/g)].map(([, password = ""]) => password);
  const passwords = [...inAddresses, ...inAddresses.map(decodeURIComponent), ...inAccessLists];
  const parts = passwords.length > 0 ? passwords : isPlainAddress(value.trim()) ? [] : [value.trim()];
  return [...new Set(parts)].filter(({ length }) => length >= leastCharacters);
}

/** Whether a value is only a host with its port. The path of a webhook may be secret. */
function isPlainAddress(value: string): boolean {
  return /^\w+:\/\/[^/@\s]+\/?$/.test(value);
}

/** The Secrets whose values a text contains. */
export function exposedSecrets(text: string, secrets: readonly SecretPart[]): string[] {
  return secrets.filter(({ value }) => text.includes(value)).map(({ place }) => place);
}
