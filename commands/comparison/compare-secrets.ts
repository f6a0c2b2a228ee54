import { isDeepStrictEqual } from "node:util";
import type { SecretJson } from "../../signals-json";
import type { FoundChange } from "./change";
import { compareNamed } from "./compare-named";
import type { DeployedObject, Fields } from "./deployed-objects";

/** Secrets that an environment needs for the first time or no longer, and Secrets with other names or keys. */
export function compareSecrets(before: readonly SecretJson[], after: readonly SecretJson[]): FoundChange[] {
  const renamed = renamedSecrets(before, after);
  const others = (secrets: readonly SecretJson[], side: keyof RenamedSecret) =>
    Object.fromEntries(
      secrets
        .filter((secret) => !renamed.some((one) => one[side] === secret))
        .map((secret) => [fullName(secret), { keys: secret.keys }]),
    );
  return [
    ...renamed.map(
      ({ before: one, after: other }): FoundChange => ({
        area: "secrets",
        what: "changed",
        name: fullName(one),
        summary: keysText(other),
        fields: [{ field: "name", before: fullName(one), after: fullName(other) }],
      }),
    ),
    ...compareNamed("secrets", others(before, "before"), others(after, "after"), { summary: keysText }),
  ];
}

interface RenamedSecret {
  readonly before: SecretJson;
  readonly after: SecretJson;
}

/** Secrets that were replaced by one with the same keys in the same namespace. */
export function renamedSecrets(before: readonly SecretJson[], after: readonly SecretJson[]): readonly RenamedSecret[] {
  const missing = (secrets: readonly SecretJson[], others: readonly SecretJson[]) =>
    secrets.filter((secret) => !others.some((other) => fullName(other) === fullName(secret)));
  const added = missing(after, before);
  return missing(before, after).flatMap((one) => {
    const like = (other: SecretJson) => other.namespace === one.namespace && isDeepStrictEqual(other.keys, one.keys);
    const [successor, ...more] = added.filter(like);
    const isOnly = missing(before, after).filter(like).length === 1 && more.length === 0;
    return successor && isOnly ? [{ before: one, after: successor }] : [];
  });
}

/**
 * The object with the new names of Secrets that were renamed. Otherwise, each reference to such a Secret would be a change
 * of its own.
 */
export function withNewSecretNames(object: DeployedObject, renamed: readonly RenamedSecret[]): DeployedObject {
  const rename = (value: unknown, isReference: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => rename(item, isReference));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, rename(item, isReference || /secret/i.test(key))]),
      );
    }
    return typeof value === "string" ? renameText(value, isReference, renamed) : value;
  };
  return renamed.length > 0 ? { ...object, content: rename(object.content, false) as Fields } : object;
}

/** A reference to a Secret, or a path in a volume with the files of a Secret, such as `/etc/alertmanager/secrets/<name>/<key>`. */
function renameText(text: string, isReference: boolean, renamed: readonly RenamedSecret[]): string {
  const exact = isReference && renamed.find(({ before }) => before.name === text);
  if (exact) return exact.after.name;
  return renamed.reduce(
    (path, { before, after }) => path.replace(`/secrets/${before.name}/`, `/secrets/${after.name}/`),
    text,
  );
}

function fullName({ namespace, name }: SecretJson): string {
  return `${namespace}/${name}`;
}

function keysText({ keys }: Pick<SecretJson, "keys">): string {
  return `${keys.length === 1 ? "key" : "keys"} ${keys.join(", ")}`;
}
