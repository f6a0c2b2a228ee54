import { hasVariable } from "./grafana-variables";

/**
 * Groups that a replacement inserts and the regular expression lacks: they are replaced by an empty text. By the rules of Go,
 * which Prometheus, Loki and their agents follow, a name is as long as possible: `$1xx` is the group `1xx`, and `${1}xx`
 * is the group 1 followed by `xx`.
 * @see https://pkg.go.dev/regexp#Regexp.Expand
 */
export function missingGroups(regex: string, replacement: string): readonly string[] {
  const groups = groupsOf(regex);
  const inserted = replacement.matchAll(/\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu);
  const names = [...inserted].flatMap(([, braced, bare]) => braced ?? bare ?? []);
  return [...new Set(names)].filter((name) => !groups.has(name));
}

/**
 * Missing groups by the rules of JavaScript, which Grafana follows in `renameByRegex`: `$1xx` is the group 1 followed by `xx`,
 * and `${1}` is plain text.
 * @see https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/String/replace#specifying_a_string_as_the_replacement
 */
export function missingGroupsInJavaScript(regex: string, replacement: string): readonly string[] {
  const groups = groupsOf(regex);
  const inserted = replacement.matchAll(/\$(?:\$|\{(\d+)\}|(\d{1,2})|<([^>]+)>)/g);
  const names = [...inserted].flatMap(([, braced, number, name]) => {
    if (braced !== undefined) return `{${braced}}`;
    // JavaScript reads only the first of two digits if there are fewer groups.
    return number === undefined ? (name ?? []) : groups.has(number) ? number : number.slice(0, 1);
  });
  return [...new Set(names)].filter((name) => !groups.has(name));
}

/**
 * Finding in the replacement of a `label_replace`. A name that begins with a letter may be a variable, which Grafana
 * replaces before it sends the query.
 */
export function replacementFindings(regex: string, replacement: string) {
  if (hasVariable(regex)) return [];
  const missing = missingGroups(regex, replacement).filter((name) => /^\d/.test(name));
  return missing.map((name) => ({
    rule: `label_replace inserts the group "${name}", which the regular expression lacks`,
    remedy: groupRemedy(name),
  }));
}

/** The notation of a group before a letter or a digit. */
function groupRemedy(name: string): string {
  const [, number, rest] = name.match(/^(\d+)(\D.*)$/) ?? [];
  if (number === undefined) return "insert a group that the regular expression has, and write $$ for a dollar";
  return `write \${${number}}${rest}, in TypeScript \\\${${number}}${rest}`;
}

/** Numbers and names of the groups, `0` for the whole match. */
function groupsOf(regex: string): ReadonlySet<string> {
  const atoms = [...regex.matchAll(/\\.|\[(?:\\.|[^\]\\])+\]|\(\?P?<(?<name>\w+)>|(?<plain>\((?!\?))/gs)];
  const groups = atoms.flatMap(({ groups = {} }) => ((groups.name ?? groups.plain) ? [groups.name ?? ""] : []));
  return new Set(["0", ...groups.flatMap((name, index) => [`${index + 1}`, ...(name ? [name] : [])])]);
}
