import type { Fault } from "../../faults";
import { nearest } from "../../kit/queries/nearest";
import type { ChartPackage } from "./chart-package";
import type { Release } from "./chart-releases";
import { type UnknownKey, unknownKeys } from "./known-keys";

/** Values that the chart would ignore without a word, because it knows no key of that name. */
export function keyFaults(
  { environment, name, chart, values }: Release,
  { known, mentioned }: ChartPackage,
): readonly Fault[] {
  return unknownKeys(values, known)
    .filter(({ path }) => !mentioned.has(path.at(-1) as string) && !isHandedOn(chart.name, path))
    .map((key) => ({
      place: `release ${name} of ${environment}: ${key.path.join(".")}`,
      rule: `must be a key of the chart ${chart.name} ${chart.version}`,
      remedy: remedy(key),
    }));
}

function remedy({ path, siblings }: UnknownKey): string {
  const meant = nearest(path.at(-1) as string, siblings);
  return meant ? `\`${meant}\` is the nearest that it knows there` : `it knows there: ${siblings.join(", ")}`;
}

/** What a chart hands on as it is: Kubernetes' own types, and the configuration of the program that it deploys. */
function isHandedOn(chart: string, path: readonly string[]): boolean {
  const types = /^(annotations|labels|resources|\w*[sS]ecurityContext)$/;
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
