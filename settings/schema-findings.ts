import type { z } from "zod";
import { environment } from "./environment";
import { addition } from "./missing-setting";
import { type SettingFinding, valueAt } from "./setting-finding";
import { words } from "./words";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What the schema finds wrong with something that claims to be an environment. */
export function schemaFindings(given: unknown): SettingFinding[] {
  // Each schema is used a few times: to compile parsers costs more than they save.
  const { error } = environment.safeParse(given, { error: words, jitless: true });
  return (error?.issues ?? []).flatMap((issue) => findings(issue, given, []));
}

function findings(issue: Issue, given: unknown, parent: Path): SettingFinding[] {
  const path = [...parent, ...issue.path];
  const value = valueAt(given, path);
  const [rule = "", ...remedies] = issue.message.split("\n");
  const [remedy = ""] = remedies;
  if (value === undefined && issue.code !== "custom") {
    return [{ path, rule: "is required", remedy: addition(path, issue, remedy) }];
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

/** Of the forms that a value may have, what speaks against the one that it resembles most. */
function closest(errors: readonly (readonly Issue[])[]): readonly Issue[] {
  const weight = (issues: readonly Issue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
  return errors.reduce((least, issues) => (weight(issues) < weight(least) ? issues : least));
}
