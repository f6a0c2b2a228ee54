import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Kubectl } from "../../commands/cluster/kubectl";
import { CommandError } from "../../commands/command";
import type { Environment } from "../../settings/environment";
import { needsOf } from "./needs";
import { missingImages } from "./node-images";

/**
 * Checks, before anything is deployed, that nothing that the deployment needs is missing.
 * @param pull whether the nodes may pull images that they do not have
 * @param images further images, of pods that the tests start
 * @throws {CommandError} that lists all missing charts and images, and what to do.
 */
export async function refuseMissingNeeds(
  environment: Environment,
  charts: string,
  kubectl: Kubectl,
  pull: boolean,
  images: readonly string[] = [],
): Promise<void> {
  const needs = await needsOf(environment, charts);
  for (const reason of needs.unknown) console.log(`Not all images could be checked: ${reason}.`);
  const missingCharts = needs.charts.filter((chart) => !existsSync(join(charts, chart)));
  const missing = [
    ...section(missingCharts, `These charts are missing in ${charts}. Put each one there (\`helm pull\`):`),
    ...section(
      pull ? [] : await missingImages([...needs.images, ...images], kubectl),
      "These images are missing on the node. Load each one (`kind load docker-image <image>`, or the command of your cluster),\nor let the nodes pull them with `--pull`:",
    ),
  ];
  if (missing.length > 0) throw new CommandError(`Nothing was deployed.\n\n${missing.join("\n\n")}`);
}

function section(names: readonly string[], text: string): readonly string[] {
  return names.length === 0 ? [] : [`${text}\n${names.map((name) => `  ${name}`).join("\n")}`];
}
