import { type SettingFinding, valueAt } from "./setting-finding";

/**
 * A value with which the project is shipped, and which nobody owns: a domain that is reserved for documentation
 * (RFC 2606), the organisation `example` of a code host, or a name that begins with `example-`.
 */
const placeholder =
  /(?<![\w-])example\.(com|net|org)(?![\w-]|\.\w)|\.example(?![\w.-])|@example\/|\.\w+[/:]example(\/|$)|(^|\/\/)example-/i;

/** Whether a text is a placeholder, or contains one. */
export function isPlaceholder(text: string): boolean {
  return placeholder.test(text);
}

/** The settings of an environment that still have the values with which the project is shipped. */
export function placeholderFindings(environment: unknown): SettingFinding[] {
  return textPaths(environment).flatMap((path) => {
    const value = valueAt(environment, path);
    return isPlaceholder(String(value))
      ? [{ path, value, rule: "must not be a placeholder", remedy: "replace it with your own" }]
      : [];
  });
}

function textPaths(held: unknown, path: readonly PropertyKey[] = []): (readonly PropertyKey[])[] {
  if (typeof held === "string") return [path];
  if (typeof held !== "object" || held === null) return [];
  const keys = Array.isArray(held) ? [...held.keys()] : Object.keys(held);
  return keys.flatMap((key) => textPaths(held[key as keyof typeof held], [...path, key]));
}
