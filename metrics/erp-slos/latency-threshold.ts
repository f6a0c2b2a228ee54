import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import type { HttpProfile } from "../erp-api/http-profile";

/** A latency objective between two buckets cannot be measured: Prometheus only knows how many were faster than each bound. */
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
      remedy: `the nearest is ${nearest}`,
    },
  ];
}

/** The environment with a latency threshold that can be measured, so that whatever reads it has no fault of its own. */
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
