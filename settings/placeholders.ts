import { type SettingFinding, valueAt } from "./setting-finding";

/**
 * Matches the example values of the shipped settings, which nobody can own: a domain reserved for documentation (RFC 2606),
 * the organisation `example` of a code host, or a name that begins with `example-`.
 */
const placeholder =
  /(?<![\w-])example\.(com|net|org)(?![\w-]|\.\w)|\.example(?![\w.-])|@example\/|\.\w+[/:]example(\/|$)|(^|\/\/)example-/i;

/** Whether a text is or contains a placeholder. */
export function isPlaceholder(text: string): boolean {
  return placeholder.test(text);
}

/** The settings of an environment that still have the example values of the project. */
export function placeholderFindings(environment: unknown): SettingFinding[] {
  return textPaths(environment).flatMap((path) => {
    const value = valueAt(environment, path);
    return isPlaceholder(String(value))
      ? [{ path, value, rule: "must not be a placeholder", remedy: "replace it with your own value" }]
      : [];
  });
}

function textPaths(value: unknown, path: readonly PropertyKey[] = []): (readonly PropertyKey[])[] {
  if (typeof value === "string") return [path];
  if (typeof value !== "object" || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => textPaths(value[key as keyof typeof value], [...path, key]));
}
