import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** The line that adds a setting which is missing, such as `retention: "30s",`, as far as its schema gives the value. */
export function lineToAdd(key: PropertyKey, issue: Issue, remedy: string): string {
  return `${String(key)}: ${exampleValue(issue, remedy)},`;
}

function exampleValue(issue: Issue, remedy: string): string {
  switch (issue.code) {
    case "invalid_value":
      return JSON.stringify(issue.values[0]);
    case "invalid_union":
      // Either the key is missing by which the forms are told apart, or the whole.
      return issue.discriminator ? `"${quoted(remedy) ?? "…"}"` : exampleOfType("object", remedy);
    case "invalid_type":
      return exampleOfType(issue.expected, remedy);
    default:
      return "…";
  }
}

function exampleOfType(expected: string, remedy: string): string {
  switch (expected) {
    case "string":
      return `"${quoted(remedy) ?? "…"}"`;
    case "number":
    case "int":
      return "1";
    case "boolean":
      return "true";
    case "array":
      return "[]";
    case "record":
      return "{}";
    default:
      return `{ ${keysIn(remedy)
        .map((key) => (key === "…" ? key : `${key}: …`))
        .join(", ")} }`;
  }
}

/** The first example that a remedy gives. */
function quoted(remedy: string): string | undefined {
  return /`([^`]+)`/.exec(remedy)?.[1];
}

/** The keys of the first form in `write it as { name, key }`. */
function keysIn(remedy: string): readonly string[] {
  return /\{ (.*?) \}/.exec(remedy)?.[1]?.split(", ") ?? [];
}
