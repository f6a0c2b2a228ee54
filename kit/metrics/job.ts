import type { Label } from "../queries/series";

/** A scrape job: the endpoints that Prometheus scrapes, the interval, and the labels that it adds to every sample. */
export interface Job {
  /** Unique name. Several jobs may share one value of the label `job`, as the jobs of the kubelet do. */
  readonly name: string;
  /** Team that is notified when no target answers. */
  readonly team: string;
  /** The source of the scrape configuration: a deployed chart, or a custom resource. */
  readonly scrapedBy: "chart" | "ServiceMonitor" | "PodMonitor" | "Probe";
  /** Pods that a PodMonitor selects, by their labels in one namespace. @default none; required for `PodMonitor` */
  readonly pods?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  /** Name of the port in the Service or the container. */
  readonly port: string;
  /** HTTP path of the metrics. */
  readonly path: string;
  /** Parameters of the request, by name. @default none */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** Number of samples above which Prometheus rejects the whole scrape. @default no limit */
  readonly sampleLimit?: number;
  /** Labels of the target. Where the exporter itself sets such a label (`namespace`, `pod`), its value wins. */
  readonly labels: Readonly<Record<string, Label>>;
  /** Values of these labels for a typical target, for labels with several values; used by scenarios. */
  readonly sample: Readonly<Record<string, string>>;
}
