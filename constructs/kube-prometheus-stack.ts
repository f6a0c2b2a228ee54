import { Construct } from "constructs";
import { ChartRelease, type ChartSource } from "./chart-release";
import type { Resources } from "./container";
import { existingNodeExporter } from "./existing-node-exporter";
import { type Keep, keepOnly } from "./keep";

/** Exporters of the cluster itself, and the release's own programs, each scraped by a monitor of the chart. */
export type ClusterJob =
  | "prometheus"
  | "alertmanager"
  | "prometheus-config-reloader"
  | "alertmanager-config-reloader"
  | "prometheus-operator"
  | "apiserver"
  | "kubelet"
  | "cadvisor"
  | "kubelet-probes"
  | "coredns"
  | "kube-proxy"
  | "kube-etcd"
  | "kube-scheduler"
  | "kube-controller-manager"
  | "kube-state-metrics"
  | "node-exporter";

export interface KubePrometheusStackProps {
  readonly namespace: string;
  readonly source: ChartSource;
  /** The registry that is put before the repositories of all images. @default the public registries */
  readonly imageRegistry?: string;
  /** Labels that everything which this Prometheus is to read carries, and nothing of anybody else. */
  readonly monitorLabels: Readonly<Record<string, string>>;
  /** Whether the operator is ours; its custom resource definitions never are this release's. */
  readonly operator: boolean;
  /**
   * The namespace that node-exporter is installed in, since it needs the host; or `existing` if the nodes already have
   * one.
   * @default nodes are not measured
   */
  readonly nodeExporter?: { readonly namespace: string } | "existing";
  /** What is kept of each cluster exporter's metrics; a job that is absent is not scraped. */
  readonly keep: Readonly<Partial<Record<ClusterJob, Keep>>>;
  /** The rules and dashboards that the chart brings. */
  readonly chartContent: boolean;
  /** The StorageClass that all volumes of the release are created with. @default the cluster's default StorageClass */
  readonly storageClass?: string;
  readonly prometheus: {
    readonly replicas: number;
    readonly retention: string;
    readonly retentionSize: string;
    /** The size that each replica's volume has. @default samples are lost when the pod ends */
    readonly storage?: string;
    readonly resources: Resources;
    /**
     * The address at which people open Prometheus, which links in notifications contain.
     * @default links contain the address inside the cluster
     */
    readonly externalUrl?: string;
    readonly externalLabels: Readonly<Record<string, string>>;
    readonly remoteWrite: readonly object[];
  };
  readonly alertmanager: {
    readonly replicas: number;
    /** The size that each replica's volume has. @default silences are lost when the pod ends */
    readonly storage?: string;
    readonly resources: Resources;
    /**
     * The address at which people open Alertmanager, which links in notifications contain.
     * @default links contain the address inside the cluster
     */
    readonly externalUrl?: string;
    /** Alertmanager's configuration; secrets are read from files. */
    readonly config: object;
    /** Templates that the configuration names. */
    readonly messages: string;
    /** Secrets mounted at `/etc/alertmanager/secrets/<name>`. */
    readonly secrets: readonly string[];
  };
  readonly resources: Readonly<Record<"operator" | "configReloader" | "kubeStateMetrics" | "nodeExporter", Resources>>;
}

/** Prometheus, Alertmanager, their operator, kube-state-metrics and node-exporter. */
export class KubePrometheusStack extends Construct {
  constructor(scope: Construct, id: string, props: KubePrometheusStackProps) {
    super(scope, id);
    new ChartRelease(this, "Release", {
      name: "kube-prometheus-stack",
      namespace: props.namespace,
      source: props.source,
      values: {
        // Said outright, because everybody reaches the Services by these names.
        fullnameOverride: "kube-prometheus-stack",
        commonLabels: props.monitorLabels,
        ...(props.imageRegistry && { global: { imageRegistry: props.imageRegistry } }),
        crds: { enabled: false },
        grafana: { enabled: false, forceDeployDashboards: props.chartContent },
        defaultRules: { create: props.chartContent },
        prometheusOperator: operator(props),
        prometheus: prometheus(props),
        alertmanager: alertmanager(props),
        ...clusterJobs(props),
      },
      timeoutSeconds: 600,
    });
  }
}

function operator({ operator, resources, keep }: KubePrometheusStackProps) {
  return {
    enabled: operator,
    serviceMonitor: selfMonitor(keep["prometheus-operator"]),
    // Without its webhook the operator needs no certificate, and waits for none. Rules are proven before they get here.
    admissionWebhooks: { enabled: false },
    tls: { enabled: false },
    resources: resources.operator,
    prometheusConfigReloader: { resources: resources.configReloader },
    // Endpoints end at 1,000 addresses and are deprecated.
    kubeletEndpointsEnabled: false,
    kubeletEndpointSliceEnabled: true,
  };
}

/** How the release scrapes one of its own programs, and the container that reloads it, by one monitor with one list. */
function selfMonitor(keep: Keep | undefined, reloader: Keep = []) {
  const both = keep === "all" || reloader === "all" ? "all" : keep && [...keep, ...reloader];
  return { selfMonitor: keep !== undefined, metricRelabelings: keepOnly(both) };
}

function prometheus({ prometheus: props, monitorLabels, storageClass, nodeExporter, keep }: KubePrometheusStackProps) {
  const selector = { matchLabels: monitorLabels };
  return {
    serviceMonitor: selfMonitor(keep.prometheus, keep["prometheus-config-reloader"]),
    podDisruptionBudget: { enabled: props.replicas > 1, maxUnavailable: 1, minAvailable: null },
    prometheusSpec: {
      replicas: props.replicas,
      podAntiAffinity: props.replicas > 1 ? "hard" : "soft",
      retention: props.retention,
      retentionSize: props.retentionSize,
      storageSpec: volumeClaim(props.storage, storageClass),
      resources: props.resources,
      externalUrl: props.externalUrl,
      externalLabels: props.externalLabels,
      additionalRemoteWrite: props.remoteWrite,
      serviceDiscoveryRole: "EndpointSlice",
      ruleSelector: selector,
      serviceMonitorSelector: selector,
      podMonitorSelector: selector,
      probeSelector: selector,
      scrapeConfigSelector: selector,
      ...(nodeExporter === "existing" && { additionalScrapeConfigs: [existingNodeExporter(keep["node-exporter"])] }),
    },
  };
}

function alertmanager({ alertmanager: props, storageClass, monitorLabels, keep }: KubePrometheusStackProps) {
  return {
    serviceMonitor: selfMonitor(keep.alertmanager, keep["alertmanager-config-reloader"]),
    config: props.config,
    templateFiles: { "messages.tmpl": props.messages },
    podDisruptionBudget: { enabled: props.replicas > 1, maxUnavailable: 1, minAvailable: null },
    alertmanagerSpec: {
      replicas: props.replicas,
      podAntiAffinity: props.replicas > 1 ? "hard" : "soft",
      storage: volumeClaim(props.storage, storageClass),
      resources: props.resources,
      externalUrl: props.externalUrl,
      secrets: props.secrets,
      // Only configurations with our label are merged into ours; by default all of the cluster's would be.
      alertmanagerConfigSelector: { matchLabels: monitorLabels },
    },
  };
}

function clusterJobs({ keep, nodeExporter, monitorLabels, resources }: KubePrometheusStackProps) {
  const installed = typeof nodeExporter === "object" ? nodeExporter : undefined;
  const monitor = (job: ClusterJob) => ({
    enabled: keep[job] !== undefined,
    ...(keep[job] !== undefined && { serviceMonitor: { metricRelabelings: keepOnly(keep[job]) } }),
  });
  const kubelet = keep.kubelet ?? keep.cadvisor ?? keep["kubelet-probes"];
  return {
    kubeApiServer: monitor("apiserver"),
    coreDns: monitor("coredns"),
    kubeProxy: monitor("kube-proxy"),
    kubeEtcd: monitor("kube-etcd"),
    kubeScheduler: monitor("kube-scheduler"),
    kubeControllerManager: monitor("kube-controller-manager"),
    kubelet: {
      enabled: kubelet !== undefined,
      serviceMonitor: {
        kubelet: keep.kubelet !== undefined,
        metricRelabelings: keepOnly(keep.kubelet),
        cAdvisor: keep.cadvisor !== undefined,
        // The chart's 10 s would make it the largest source of samples.
        cAdvisorInterval: "30s",
        cAdvisorMetricRelabelings: keepOnly(keep.cadvisor, withoutPod),
        probes: keep["kubelet-probes"] !== undefined,
        probesMetricRelabelings: keepOnly(keep["kubelet-probes"]),
      },
    },
    kubeStateMetrics: { enabled: keep["kube-state-metrics"] !== undefined },
    "kube-state-metrics": {
      resources: resources.kubeStateMetrics,
      prometheus: {
        monitor: {
          additionalLabels: monitorLabels,
          http: { metricRelabelings: keepOnly(keep["kube-state-metrics"]) },
        },
      },
      // It never needs to read a Secret.
      collectors,
    },
    nodeExporter: { enabled: installed !== undefined },
    "prometheus-node-exporter": {
      namespaceOverride: installed?.namespace,
      resources: resources.nodeExporter,
      prometheus: {
        monitor: {
          enabled: keep["node-exporter"] !== undefined,
          additionalLabels: monitorLabels,
          // Under the name that Kubernetes' own objects know it by, and not its address alone.
          relabelings: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }],
          metricRelabelings: keepOnly(keep["node-exporter"]),
        },
      },
    },
  };
}

/** cAdvisor also reports cgroups that are no pod's: what they sum up would be counted twice. */
const withoutPod = [{ sourceLabels: ["id", "pod"], regex: ".+;", action: "drop" }];

/** The kinds of object that kube-state-metrics lists. */
const collectors = [
  "cronjobs",
  "daemonsets",
  "deployments",
  "horizontalpodautoscalers",
  "jobs",
  "namespaces",
  "nodes",
  "persistentvolumeclaims",
  "poddisruptionbudgets",
  "pods",
  "replicasets",
  "statefulsets",
];

function volumeClaim(storage: string | undefined, storageClassName: string | undefined) {
  if (storage === undefined) return {};
  const spec = { accessModes: ["ReadWriteOnce"], storageClassName, resources: { requests: { storage } } };
  return { volumeClaimTemplate: { spec } };
}
