import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import type { HttpProfile } from "../erp-api/http-profile";

/**
 * Faults of the latency threshold. A threshold between two bounds cannot be measured, because Prometheus stores only
 * how many requests were faster than each bound.
 */
export function checkThreshold(
  { name, erp }: Pick<Environment, "name" | "erp">,
  profile: Pick<HttpProfile, "name" | "bounds">,
): Fault[] {
  const { threshold } = erp.slos.latency;
  const nearest = nearestBound(threshold, profile);
  if (nearest === threshold) return [];
  return [
    {
      place: `config/${name}.ts: erp.slos.latency.threshold`,
      value: String(threshold),
      rule: `must be a bucket bound of ${profile.name}, in seconds: ${profile.bounds.join(", ")}`,
      remedy: `use ${nearest}, which is the nearest`,
    },
  ];
}

/**
 * The environment with a latency threshold that can be measured, so that code that reads it reports no further faults.
 */
export function withMeasurableThreshold(environment: Environment, profile: Pick<HttpProfile, "bounds">): Environment {
  const { erp } = environment;
  const latency = { ...erp.slos.latency, threshold: nearestBound(erp.slos.latency.threshold, profile) };
  return { ...environment, erp: { ...erp, slos: { ...erp.slos, latency } } };
}

function nearestBound(threshold: number, { bounds }: Pick<HttpProfile, "bounds">): number {
  return bounds.reduce((nearest, bound) =>
    Math.abs(bound - threshold) < Math.abs(nearest - threshold) ? bound : nearest,
  );
}
