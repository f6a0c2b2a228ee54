import { existsSync, readFileSync } from "node:fs";
import { type Fault, refuseAny } from "../faults";
import type { Environment } from "../settings/environment";
import { isPlaceholder, placeholderFindings } from "../settings/placeholders";
import { settingFault } from "../settings/setting-finding";

const codeOwnerFile = ".github/CODEOWNERS";

/** A notice about the placeholders in some environments. @returns an empty list if there are none */
export function placeholderNotices(environments: readonly Environment[], owners = codeOwners()): string[] {
  const counts: [place: string, count: number][] = [
    ...environments.map((one): [string, number] => [`config/${one.name}.ts`, placeholderFindings(one).length]),
    [codeOwnerFile, codeOwnerFaults(owners).length],
  ];
  const remaining = counts.filter(([, count]) => count > 0).map(([place, count]) => `${count} in ${place}`);
  if (remaining.length === 0) return [];
  return [
    `Placeholders such as \`example.com\` remain: ${remaining.join(", ")}. \`diff\`, \`deploy\` and \`secrets\` refuse those of an environment of tier \`production\`, and list them.`,
  ];
}

/**
 * Refuses placeholders in an environment of tier `production`: it would page nobody, or use a host name that belongs to
 * somebody else.
 * @throws {Faults} with every placeholder.
 */
export function refusePlaceholders(environment: Environment, title?: string, owners = codeOwners()): void {
  refuseAny(placeholderFaults(environment, owners), title);
}

/** Every placeholder in an environment of tier `production`. Those of other tiers are no faults. */
export function placeholderFaults(environment: Environment, owners = codeOwners()): Fault[] {
  if (environment.tier !== "production") return [];
  const file = `config/${environment.name}.ts`;
  return [
    ...placeholderFindings(environment).map((finding) => settingFault(file, finding)),
    ...codeOwnerFaults(owners),
  ];
}

/** The text of the code owner file; empty if the project has no such file. */
function codeOwners(): string {
  return existsSync(codeOwnerFile) ? readFileSync(codeOwnerFile, "utf8") : "";
}

function codeOwnerFaults(text: string): Fault[] {
  const owners = text.replace(/#.*/g, "").match(/\S+/g)?.filter(isPlaceholder) ?? [];
  return [...new Set(owners)].map((value) => ({
    place: codeOwnerFile,
    value,
    rule: "must not be a placeholder",
    remedy: "replace it with a team of yours, or delete the file if your code host does not read it",
  }));
}
