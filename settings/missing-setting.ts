import type { z } from "zod";
import { small } from "./presets";

type Issue = z.core.$ZodIssue;

/**
 * Remedy for a missing setting: the line to add, with `…` for the parts that only the author knows.
 *
 * @param remedy remedy for a wrong value of the setting
 */
export function missingSettingRemedy(path: readonly PropertyKey[], issue: Issue, remedy: string): string {
  const key = path.at(-1);
  // An item of a list has no name.
  if (typeof key !== "string") return remedy;
  const line = `add \`${key}: ${form(issue, remedy)},\`: ${remedy}`;
  return path.length === 1 && key in small ? `start from a preset such as \`...small\`, or ${line}` : line;
}

function form(issue: Issue, remedy: string): string {
  if (issue.code === "invalid_type") return formOfType(issue.expected, remedy);
  // Either the key that distinguishes the forms of an object is missing, or the whole object.
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

/** The required keys in a remedy of the form `write it as { name, key? }`. */
function objectForm(remedy: string): string {
  const keys = /\{ (.*?) \}/.exec(remedy)?.[1]?.split(", ") ?? [];
  const required = keys.filter((key) => !key.endsWith("?")).map((key) => (key === "…" ? key : `${key}: …`));
  return required.length > 0 ? `{ ${required.join(", ")} }` : "{}";
}
