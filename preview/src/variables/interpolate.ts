import { type Bound, type Format, formats, glob } from "./formats";

/** Finds the replacement for a variable, or for a field of a variable: `${name.field}`. Undefined if there is no such variable. */
export type Lookup = (name: string, field?: string) => Bound | undefined;

/** `$name`, `[[name]]`, `[[name:format]]`, `${name}`, `${name.field}` and `${name:format}`. */
const reference = /\$(\w+)|\[\[(\w+)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:}]+))?(?::([^}]+))?\}/g;

/** Formats that would break a value that was written for a query. */
const forPeople = ["text", "queryparam", "percentencode"];

/**
 * Replaces variables in a text. Other text stays as it is.
 * @param usual the format of a variable that names none
 */
export function interpolate(text: string, lookup: Lookup, usual: Format = glob): string {
  return text.replace(reference, (whole, short, old, oldFormat, long, field, longFormat) => {
    const name: string = short ?? old ?? long;
    const bound = lookup(name, field);
    if (!bound) return whole;
    const [id = "", ...argument] = (oldFormat ?? longFormat ?? "").split(":");
    if (bound.verbatim && !forPeople.includes(id)) return glob(bound, name);
    return (formats[id] ?? usual)(bound, name, argument.join(":"));
  });
}

/** Names of the variables in a text. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(reference)].map(([, short, old, , long]) => short ?? old ?? long ?? "");
}
