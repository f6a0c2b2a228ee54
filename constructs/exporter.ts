import { Construct } from "constructs";
import type { Resources, SecretKey } from "./container";
import type { CustomResource } from "./custom-resources";
import type { PodProps } from "./pod-template";
import { serviceMonitor } from "./service-monitor";
import { Workload } from "./workload";

export interface ExporterProps extends Pick<PodProps, "priorityClass" | "imagePullSecrets" | "placement"> {
  /** Name of the exporter and of its scrape job. */
  readonly name: string;
  readonly namespace: string;
  readonly partOf: string;
  readonly image: string;
  readonly args: readonly string[];
  /** Environment variables, with the Secret keys that contain the credentials of the observed server. */
  readonly env: Readonly<Record<string, string | SecretKey | undefined>>;
  readonly port: number;
  readonly resources: Resources;
  readonly scrape: { readonly intervalSeconds: number; readonly timeoutSeconds: number };
  /** Labels by which Prometheus finds the ServiceMonitor. */
  readonly monitorLabels: Readonly<Record<string, string>>;
  /**
   * The path that responds with 200 while the process is alive, regardless of the state of the observed server.
   * @default "/"
   */
  readonly healthPath?: string;
}

/** An exporter for a server, with its ServiceMonitor. It has one pod, because two would count everything twice. */
export class Exporter extends Construct {
  readonly serviceMonitor: CustomResource;
  readonly labels: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ExporterProps) {
    super(scope, id);
    const probe = { path: props.healthPath ?? "/", port: "metrics", periodSeconds: 10, timeoutSeconds: 5 };
    const workload = new Workload(this, "Workload", {
      name: props.name,
      namespace: props.namespace,
      partOf: props.partOf,
      priorityClass: props.priorityClass,
      imagePullSecrets: props.imagePullSecrets,
      placement: props.placement,
      replicas: 1,
      update: "recreate",
      user: 65534,
      terminationGracePeriodSeconds: 10,
      container: {
        image: props.image,
        args: props.args,
        env: props.env,
        ports: { metrics: props.port },
        resources: props.resources,
        liveness: { ...probe, failureThreshold: 6 },
        readiness: { ...probe, failureThreshold: 2 },
      },
    });
    this.labels = workload.labels;
    this.serviceMonitor = serviceMonitor({ ...props, port: "metrics", path: "/metrics" });
  }
}
