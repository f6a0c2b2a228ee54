import type { z } from "zod";
import { small } from "./presets";

type Issue = z.core.$ZodIssue;

/**
 * What to do about a setting that is missing: the line that adds it, with `…` for what only its author knows.
 *
 * @param remedy what to do about a value that is wrong
 */
export function addition(path: readonly PropertyKey[], issue: Issue, remedy: string): string {
  const key = path.at(-1);
  // An item of a list has no name.
  if (typeof key !== "string") return remedy;
  const line = `add \`${key}: ${form(issue, remedy)},\`: ${remedy}`;
  return path.length === 1 && key in small ? `begin with a preset such as \`...small\`, or ${line}` : line;
}

function form(issue: Issue, remedy: string): string {
  if (issue.code === "invalid_type") return formOfType(issue.expected, remedy);
  // Either the key is missing by which the forms of an object are told apart, or the whole object.
  return issue.code === "invalid_union" && !issue.discriminator ? formOfType("object", remedy) : '"…"';
}

function formOfType(expected: string, remedy: string): string {
  switch (expected) {
    case "string":
      return '"…"';
    case "number":
    case "int":
    case "boolean":
      return "…";
    case "array":
      return "[]";
    case "record":
      return "{}";
    default:
      return objectForm(remedy);
  }
}

/** The required keys of the first form in `write it as { name, key? }`. */
function objectForm(remedy: string): string {
  const keys = /\{ (.*?) \}/.exec(remedy)?.[1]?.split(", ") ?? [];
  const required = keys.filter((key) => !key.endsWith("?")).map((key) => (key === "…" ? key : `${key}: …`));
  return required.length > 0 ? `{ ${required.join(", ")} }` : "{}";
}
