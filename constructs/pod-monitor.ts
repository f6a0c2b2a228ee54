import type { CustomResource } from "./custom-resources";
import { type Keep, keepOnly } from "./keep";

export interface PodMonitorProps {
  /** Name of the scrape job. */
  readonly job: string;
  readonly monitorLabels: Readonly<Record<string, string>>;
  /** The pods to scrape, in any namespace. */
  readonly pods: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  /** Name of the container's port. */
  readonly port: string;
  readonly scrape: {
    /** HTTP path of the metrics. */
    readonly path: string;
    /** Parameters of the request, by name. @default none */
    readonly parameters?: Readonly<Record<string, string>>;
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
  };
  readonly keep: Keep;
}

/** A PodMonitor for the pods of a chart. Each pod is scraped once, regardless of the number of its Services. */
export function podMonitor({ job, monitorLabels, pods, port, scrape, keep }: PodMonitorProps): CustomResource {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name: job, labels: monitorLabels },
    spec: {
      namespaceSelector: { matchNames: [pods.namespace] },
      selector: { matchLabels: pods.labels },
      podMetricsEndpoints: [
        {
          port,
          ...(scrape.path !== "/metrics" && { path: scrape.path }),
          ...(scrape.parameters && { params: lists(scrape.parameters) }),
          interval: `${scrape.intervalSeconds}s`,
          scrapeTimeout: `${scrape.timeoutSeconds}s`,
          relabelings: [{ targetLabel: "job", replacement: job }],
          metricRelabelings: keepOnly(keep),
        },
      ],
    },
  };
}

/** The operator accepts several values of a parameter. */
function lists(parameters: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]]));
}
