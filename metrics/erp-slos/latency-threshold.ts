import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import type { HttpProfile } from "../erp-api/http-profile";

/** A latency objective between two buckets cannot be measured: Prometheus only knows how many were faster than each bound. */
export function checkThreshold(
  { name, erp }: Pick<Environment, "name" | "erp">,
  { name: profile, bounds }: Pick<HttpProfile, "name" | "bounds">,
): Fault[] {
  const { threshold } = erp.slos.latency;
  if (bounds.includes(threshold)) return [];
  const nearest = [...bounds].sort((a, b) => Math.abs(a - threshold) - Math.abs(b - threshold))[0];
  return [
    {
      place: `config/${name}.ts: erp.slos.latency.threshold`,
      value: String(threshold),
      rule: `must be a bucket bound of ${profile}, in seconds: ${bounds.join(", ")}`,
      remedy: `the nearest is ${nearest}`,
    },
  ];
}
