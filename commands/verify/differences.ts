import { fieldChanges } from "../comparison/field-changes";

/** The first fields in which two values differ, each as a text for `expected` and `found` of a failure. */
export interface Differences {
  readonly expected: string;
  readonly found: string;
}

/** Number of fields that a report names. */
const named = 3;

/**
 * The fields in which an object in the cluster differs from the expected one.
 *
 * @param extra whether fields that only the object in the cluster has count too. The API server adds defaults to most kinds
 * @returns undefined if there is no difference
 */
export function differences(
  expected: unknown,
  found: unknown,
  extra: "extra fields count" | "extra fields are allowed",
) {
  const all = fieldChanges(expected, found, "");
  const changes = extra === "extra fields count" ? all : all.filter(({ before }) => before !== undefined);
  if (changes.length === 0) return undefined;
  const list = (side: "before" | "after") =>
    changes
      .slice(0, named)
      .map((change) => `${change.field}: ${textOf(change[side])}`)
      .join("; ");
  const more = changes.length > named ? `; and ${changes.length - named} more fields that differ` : "";
  return { expected: list("before"), found: `${list("after")}${more}` } satisfies Differences;
}

function textOf(value: unknown): string {
  if (value === undefined) return "absent";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
