import { Construct } from "constructs";
import type { ContainerProps, Mount, Resources, Value } from "./container";
import type { CustomResource } from "./custom-resources";
import { serviceMonitor } from "./service-monitor";
import { Workload, type WorkloadProps } from "./workload";

/** Its name is also that of its scrape job. */
export interface ExporterProps
  extends Omit<
    WorkloadProps,
    "container" | "replicas" | "update" | "user" | "terminationGracePeriodSeconds" | "service"
  > {
  readonly image: string;
  readonly args: readonly string[];
  /** Environment variables, with the Secret keys that contain the credentials of the observed server. */
  readonly env: Readonly<Record<string, Value | undefined>>;
  /** Secrets and ConfigMaps whose keys become variables, unless `env` sets them. @default none */
  readonly envFrom?: ContainerProps["envFrom"];
  /** The volumes that the container mounts. @default none */
  readonly mounts?: readonly Mount[];
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
    const {
      image,
      args,
      env,
      envFrom,
      mounts,
      port,
      resources,
      healthPath = "/",
      scrape,
      monitorLabels,
      ...pod
    } = props;
    const probe = { path: healthPath, port: "metrics", periodSeconds: 10, timeoutSeconds: 5 };
    const workload = new Workload(this, "Workload", {
      ...pod,
      replicas: 1,
      update: "recreate",
      user: 65534,
      terminationGracePeriodSeconds: 10,
      container: {
        image,
        args,
        env,
        envFrom,
        mounts,
        ports: { metrics: port },
        resources,
        liveness: { ...probe, failureThreshold: 6 },
        readiness: { ...probe, failureThreshold: 2 },
      },
    });
    this.labels = workload.labels;
    this.serviceMonitor = serviceMonitor({
      name: props.name,
      scrape,
      monitorLabels,
      port: "metrics",
      path: "/metrics",
    });
  }
}
