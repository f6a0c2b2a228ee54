import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../settings/load-environments";
import { CommandError } from "../command";

/**
 * The rendered folder of an environment that contains the file. Environments of tier `production` come first, because
 * they deploy the most.
 * @throws {CommandError} when no rendered folder contains the file.
 */
export function renderedFolderWith(file: string): string {
  const productionFirst = loadEnvironments().toSorted((one, other) => rank(one.tier) - rank(other.tier));
  const folder = productionFirst.map(({ name }) => join("rendered", name)).find((path) => existsSync(join(path, file)));
  if (folder === undefined) {
    throw new CommandError(`No environment has rendered/<environment>/${file}. Run \`npm run render\` first.`);
  }
  return folder;
}

function rank(tier: string): number {
  return tier === "production" ? 0 : 1;
}
