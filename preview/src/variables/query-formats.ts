import type { Format, Value } from "./formats";

/** The default format of a variable in a query, by the rules of the data source. */
export interface QueryVariable {
  readonly multi: boolean;
  readonly includeAll: boolean;
}

/**
 * In PromQL and LogQL a value stands in a string. One of several stands in a regular expression, and so do its special
 * characters, which the string needs twice.
 */
export function queryFormat(
  variableOf: (name: string) => QueryVariable | undefined,
  language: "promql" | "logql",
): Format {
  return ({ value }, name) => {
    const variable = variableOf(name);
    if (!variable?.multi && !variable?.includeAll) return escapeQuotes(value);
    const values = (typeof value === "string" ? [value] : value).map(escapeRegex);
    const joined = values.join("|");
    return values.length > 1 && language === "promql" ? `(${joined})` : joined;
  };
}

function escapeQuotes(value: Value): string {
  const text = typeof value === "string" ? value : value.join(",");
  return text.replace(/'/g, "\\\\'");
}

function escapeRegex(value: string): string {
  return value.replace(/\\/g, "\\\\\\\\").replace(/[$^*{}[\]'+?.()|]/g, "\\\\$&");
}
