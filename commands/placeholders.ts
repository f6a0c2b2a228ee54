import { existsSync, readFileSync } from "node:fs";
import { type Fault, refuseAny } from "../faults";
import type { Environment } from "../settings/environment";
import { isPlaceholder, placeholderFindings } from "../settings/placeholders";
import { settingFault } from "../settings/setting-finding";

const codeOwnerFile = ".github/CODEOWNERS";

/** What a notice says of the placeholders of some environments. @returns nothing where there are none */
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
 * @throws {Faults} with every placeholder, when the environment is of tier `production`: it would page nobody, or be
 * reached under a name that belongs to somebody else.
 */
export function refusePlaceholders(environment: Environment, title?: string, owners = codeOwners()): void {
  if (environment.tier !== "production") return;
  const file = `config/${environment.name}.ts`;
  refuseAny(
    [...placeholderFindings(environment).map((finding) => settingFault(file, finding)), ...codeOwnerFaults(owners)],
    title,
  );
}

/** The text of the file of code owners; a project without one has none. */
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
