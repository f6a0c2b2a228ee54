import { type SettingFinding, valueAt } from "./setting-finding";

/**
 * Matches the example values of the shipped settings, which nobody can own: a domain reserved for documentation (RFC 2606),
 * the organisation `example` of a code host, or a name that begins with `example-`. And the usual words for a value that
 * is still missing, such as `CHANGEME`, `TODO`, `your-domain` and `<bucket>`.
 */
const placeholder =
  /(?<![\w-])example\.(com|net|org)(?![\w-]|\.\w)|\.example(?![\w.-])|@example\/|\.\w+[/:]example(\/|$)|(^|\/\/)example-|(?<![a-z0-9])(change|replace|fill|edit)[-_ ]?me(?![a-z0-9])|(?<![a-z0-9])your[-_ ](company|organi[sz]ation|org|team|domain|host|name|bucket|project|account|registry|image|repo|tag|version|region|cluster|key|token|id)(?![a-z0-9])|<[a-z](?:[-\w ]*\w)?>/i;

/** Marks that are words in lower case. */
const mark = /(?<![A-Za-z0-9])(TODO|TBD|FIXME|XXX+|PLACEHOLDER)(?![A-Za-z0-9])/;

/** Whether a text is or contains a placeholder. */
export function isPlaceholder(text: string): boolean {
  return placeholder.test(text) || mark.test(text);
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
