import type { Format, Value } from "./formats";

/** How a variable is written in a query that names no format, by the data source's own rule. */
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
