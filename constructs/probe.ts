import type { CustomResource } from "./custom-resources";

export interface ProbeProps {
  /** Name of the probe and of its scrape job. */
  readonly name: string;
  readonly monitorLabels: Readonly<Record<string, string>>;
  /** Address of the blackbox exporter, `host:port`. */
  readonly prober: string;
  /** Module of the blackbox exporter's configuration. */
  readonly module: string;
  readonly targets: readonly string[];
  readonly scrape: { readonly intervalSeconds: number; readonly timeoutSeconds: number };
}

/** A Probe of endpoints by the blackbox exporter. The label `instance` contains the endpoint. */
export function probe({ name, monitorLabels, prober, module, targets, scrape }: ProbeProps): CustomResource {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Probe",
    metadata: { name, labels: monitorLabels },
    spec: {
      jobName: name,
      prober: { url: prober },
      module,
      interval: `${scrape.intervalSeconds}s`,
      scrapeTimeout: `${scrape.timeoutSeconds}s`,
      targets: { staticConfig: { static: targets } },
    },
  };
}
