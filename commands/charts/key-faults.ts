import type { Fault } from "../../faults";
import { nearest } from "../../kit/queries/nearest";
import type { ChartPackage } from "./chart-package";
import type { Release } from "./chart-releases";
import { type UnknownKey, unknownKeys } from "./known-keys";

/** Faults of values that the chart would silently ignore, because it has no key of that name. */
export function keyFaults(
  { environment, name, chart, values }: Release,
  { known, mentioned }: ChartPackage,
): readonly Fault[] {
  return unknownKeys(values, known)
    .filter(({ path }) => !mentioned.has(path.at(-1) as string) && !isPassedOn(chart.name, path))
    .map((key) => ({
      place: `release ${name} of ${environment}: ${key.path.join(".")}`,
      rule: `must be a key of the chart ${chart.name} ${chart.version}`,
      remedy: remedy(key),
    }));
}

function remedy({ path, siblings }: UnknownKey): string {
  const meant = nearest(path.at(-1) as string, siblings);
  return meant ? `use the nearest key there, \`${meant}\`` : `use one of the keys there: ${siblings.join(", ")}`;
}

/** Whether a chart passes the value on unchanged: to a field of Kubernetes, or to the program that it deploys. */
function isPassedOn(chart: string, path: readonly string[]): boolean {
  const types = /^(affinity|annotations|labels|nodeSelector|resources|tolerations|\w*[sS]ecurityContext)$/;
  if (path.some((key) => types.test(key))) return true;
  const program = [chart, ...path].join(" ");
  return configurations.some((start) => program.startsWith(`${start} `));
}

const configurations = [
  "grafana grafana.ini",
  "kube-prometheus-stack alertmanager config",
  "loki loki ingester",
  "loki loki limits_config",
  "loki loki rulerConfig",
  "prometheus-blackbox-exporter config",
];
