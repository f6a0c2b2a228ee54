import type { CustomResource } from "./custom-resources";

export interface ServiceMonitorProps {
  /** Name of the Service and of the scrape job. */
  readonly name: string;
  readonly monitorLabels: Readonly<Record<string, string>>;
  readonly port: string;
  readonly path: string;
  readonly scrape: {
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    /** The number of samples above which Prometheus rejects the whole scrape. @default no limit */
    readonly sampleLimit?: number;
  };
}

/** A ServiceMonitor for one Service in its namespace. The job is named after the Service. */
export function serviceMonitor({ name, monitorLabels, port, path, scrape }: ServiceMonitorProps): CustomResource {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: { name, labels: monitorLabels },
    spec: {
      selector: { matchLabels: { "app.kubernetes.io/name": name } },
      sampleLimit: scrape.sampleLimit,
      endpoints: [
        {
          port,
          path,
          interval: `${scrape.intervalSeconds}s`,
          scrapeTimeout: `${scrape.timeoutSeconds}s`,
          honorLabels: false,
        },
      ],
    },
  };
}
