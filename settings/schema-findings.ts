import type { z } from "zod";
import { environment } from "./environment";
import { missingSettingRemedy } from "./missing-setting";
import { nearestKey, schemaMessages, unknownSetting } from "./schema-messages";
import { type SettingFinding, valueAt } from "./setting-finding";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Findings of a schema in a value that users wrote. @param schema schema of an environment by default */
export function schemaFindings(given: unknown, schema: z.ZodType = environment): SettingFinding[] {
  // Each schema is used only a few times, so that compiling parsers would cost more time than it saves.
  const { error } = schema.safeParse(given, { error: schemaMessages, jitless: true });
  return withoutMisspelt((error?.issues ?? []).flatMap((issue) => findings(issue, given, [])));
}

/** Leaves out that a setting is required where a misspelt one stands in its place, or that an object with one lacks another. */
function withoutMisspelt(found: readonly SettingFinding[]): SettingFinding[] {
  const unknown = found.filter(isUnknown);
  return found.filter(
    (one) =>
      isUnknown(one) || !unknown.some(({ path }) => parentOf(path) === one.path.join(".") || isMissingFor(path, one)),
  );
}

/** Leaves out findings that a setting is missing where a known finding reports a misspelt one in its place. */
export function notMisspelt(known: readonly SettingFinding[]): (found: SettingFinding) => boolean {
  const unknown = known.filter(isUnknown);
  return (found) => !unknown.some(({ path }) => isMissingFor(path, found));
}

function isUnknown({ rule }: SettingFinding): boolean {
  return rule === unknownSetting;
}

function isMissingFor(unknown: Path, { path, value, rule }: SettingFinding): boolean {
  return value === undefined && rule.startsWith("is required") && resembles(unknown, path);
}

function resembles(given: Path, known: Path): boolean {
  return parentOf(given) === parentOf(known) && nearestKey(String(given.at(-1)), [String(known.at(-1))]) !== undefined;
}

function parentOf(path: Path): string {
  return path.slice(0, -1).join(".");
}

function findings(issue: Issue, given: unknown, parent: Path): SettingFinding[] {
  const path = [...parent, ...issue.path];
  const value = valueAt(given, path);
  const [rule = "", ...remedies] = issue.message.split("\n");
  const [remedy = ""] = remedies;
  if (value === undefined && issue.code !== "custom") {
    return [{ path, rule: "is required", remedy: missingSettingRemedy(path, issue, remedy) }];
  }
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key, index) => ({ path: [...path, key], rule, remedy: remedies[index] ?? "" }));
    case "invalid_key":
      return issue.issues.map(({ message }) => {
        const [rule = "", remedy = ""] = message.split("\n");
        return { path, rule, remedy };
      });
    case "invalid_union": {
      if (typeof value !== "object" || issue.errors.length === 0) return [{ path, value, rule, remedy }];
      const form = closest(issue.errors, value);
      return form === undefined
        ? [{ path, value, rule: "must have one of its forms", remedy }]
        : form.flatMap((one) => findings(one, given, path));
    }
    default:
      return [{ path, value, rule, remedy }];
  }
}

/**
 * The issues of the form that the value resembles most, of all forms that are allowed. Undefined if it resembles several
 * equally, as an empty object does.
 */
function closest(errors: readonly (readonly Issue[])[], value: object | null): readonly Issue[] | undefined {
  if (value !== null && Object.keys(value).length === 0) return undefined;
  // A form that is no object at all, such as text.
  const isOtherType = (issues: readonly Issue[]) =>
    issues.some(({ code, path }) => code === "invalid_type" && path.length === 0);
  const forms = value === null ? errors : errors.filter((issues) => !isOtherType(issues));
  const weight = (issues: readonly Issue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
  const least = Math.min(...forms.map(weight));
  const possible = forms.filter((issues) => weight(issues) === least);
  const misspelt = possible.find((issues) =>
    issues.some(({ code, message }) => code === "unrecognized_keys" && message.includes("did you mean")),
  );
  return misspelt ?? (possible.length === 1 ? possible[0] : undefined);
}
