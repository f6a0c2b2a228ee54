import type { Environment } from "../settings/environment";
import { compare } from "./size/compare";
import { objectsOf } from "./size/objects";
import { predict } from "./size/predict";

/** A notice for each environment in which a volume, a retention or a memory request is too small for its `scale`. */
export function sizeNotices(environments: readonly Environment[]): string[] {
  return environments.flatMap((environment) => {
    if (environment.scale === undefined) return [];
    const found = compare(environment, predict(environment, objectsOf(environment, environment.scale))).flatMap(
      ({ setting, value, needed, tooSmall }) =>
        tooSmall === undefined ? [] : [`  ${setting}: ${value}, needs ${needed}. ${tooSmall}`],
    );
    if (found.length === 0) return [];
    return [
      [`${environment.name} is too small for its \`scale\` (npm run size -- ${environment.name}):`, ...found].join(
        "\n",
      ),
    ];
  });
}
