import { existsSync, readFileSync } from "node:fs";
import { type Fault, refuseAny } from "../faults";
import type { Environment } from "../settings/environment";
import { isPlaceholder, placeholderFindings } from "../settings/placeholders";
import { settingFault } from "../settings/setting-finding";

const codeOwners = ".github/CODEOWNERS";

/** What a notice says of the placeholders of some environments. @returns nothing where there are none */
export function placeholderNotices(environments: readonly Environment[]): string[] {
  const counts: [place: string, count: number][] = [
    ...environments.map((one): [string, number] => [`config/${one.name}.ts`, placeholderFindings(one).length]),
    [codeOwners, codeOwnerFaults().length],
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
export function refusePlaceholders(environment: Environment, title?: string): void {
  if (environment.tier !== "production") return;
  const file = `config/${environment.name}.ts`;
  refuseAny(
    [...placeholderFindings(environment).map((finding) => settingFault(file, finding)), ...codeOwnerFaults()],
    title,
  );
}

function codeOwnerFaults(): Fault[] {
  const text = existsSync(codeOwners) ? readFileSync(codeOwners, "utf8") : "";
  const owners = text.replace(/#.*/g, "").match(/\S+/g)?.filter(isPlaceholder) ?? [];
  return [...new Set(owners)].map((value) => ({
    place: codeOwners,
    value,
    rule: "must not be a placeholder",
    remedy: "replace it with a team of yours, or delete the file if your code host does not read it",
  }));
}
