import { isDeepStrictEqual } from "node:util";
import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import { podDefaults } from "../../settings/pod-defaults";
import type { Release } from "./chart-releases";
import type { Manifest } from "./manifests";
import { type PodSpec, pods } from "./pods";

/** Faults of pods that a chart creates without the pull secrets or the placement that the settings state. */
export function placementFaults(
  release: Release,
  manifests: readonly Manifest[],
  environment: Pick<Environment, "cluster" | "pods">,
): readonly Fault[] {
  return manifests.flatMap((manifest) => {
    const { imagePullSecrets, placement } = podDefaults(
      environment,
      manifest.kind === "DaemonSet" ? "agents" : "monitoring",
    );
    const wanted = { ...pullSecrets(imagePullSecrets), ...placement };
    return pods(manifest).flatMap(({ spec }) =>
      Object.entries(wanted)
        .filter(([field, value]) => !contains(spec[field as keyof PodSpec], value))
        .map(([field, value]) => ({
          place: `release ${release.name} of ${release.environment}: ${manifest.kind} ${manifest.metadata.name}`,
          value: JSON.stringify(value),
          rule: `must have the ${field} of the settings`,
          remedy: "pass it to the chart in the construct of the release",
        })),
    );
  });
}

function pullSecrets(names: readonly string[] | undefined) {
  return names && { imagePullSecrets: names.map((name) => ({ name })) };
}

/** Whether a value has all fields and all items of another one, at any depth. Items may have further fields. */
function contains(value: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return Array.isArray(value) && part.every((wanted) => value.some((item) => contains(item, wanted)));
  }
  if (typeof part !== "object" || part === null) return isDeepStrictEqual(value, part);
  return Object.entries(part).every(([key, wanted]) => contains((value as Record<string, unknown>)?.[key], wanted));
}
