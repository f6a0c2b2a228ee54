import type { z } from "zod";
import { nearest } from "../kit/queries/nearest";
import { environment } from "./environment";
import { missingSettingRemedy } from "./missing-setting";
import { schemaMessages } from "./schema-messages";
import { type SettingFinding, valueAt } from "./setting-finding";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Findings of the schema in a value that should be an environment. */
export function schemaFindings(given: unknown): SettingFinding[] {
  // Each schema is used only a few times, so that compiling parsers would cost more time than it saves.
  const { error } = environment.safeParse(given, { error: schemaMessages, jitless: true });
  return withoutMisspelt((error?.issues ?? []).flatMap((issue) => findings(issue, given, [])));
}

/** Leaves out that a setting is required where a misspelt one stands in its place. */
function withoutMisspelt(found: readonly SettingFinding[]): SettingFinding[] {
  const unknown = found.filter(({ rule }) => rule === "is not a setting");
  return found.filter(({ path, rule }) => rule !== "is required" || !unknown.some((one) => resembles(one.path, path)));
}

function resembles(given: Path, known: Path): boolean {
  const parent = (path: Path) => path.slice(0, -1).join(".");
  return parent(given) === parent(known) && nearest(String(given.at(-1)), [String(known.at(-1))]) !== undefined;
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
    case "invalid_union":
      return typeof value === "object" && issue.errors.length > 0
        ? closest(issue.errors).flatMap((one) => findings(one, given, path))
        : [{ path, value, rule, remedy }];
    default:
      return [{ path, value, rule, remedy }];
  }
}

/** The issues of the form that the value resembles most, of all forms that are allowed. */
function closest(errors: readonly (readonly Issue[])[]): readonly Issue[] {
  const weight = (issues: readonly Issue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
  return errors.reduce((least, issues) => (weight(issues) < weight(least) ? issues : least));
}
