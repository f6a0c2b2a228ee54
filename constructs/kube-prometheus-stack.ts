import { Construct } from "constructs";
import { ChartRelease, type ChartSource } from "./chart-release";
import type { Resources } from "./container";
import { existingNodeExporter } from "./existing-node-exporter";
import { globalImages, type ImageSource } from "./image-source";
import { type Keep, keepOnly } from "./keep";
import { everyLinuxNode } from "./node-placement";
import { mergePlacements, type Placement } from "./placement";
import { templateText } from "./template-text";

/** Scrape jobs of the chart's monitors: exporters of the cluster itself, and the programs of the release. */
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

export interface KubePrometheusStackProps extends ImageSource {
  readonly namespace: string;
  readonly source: ChartSource;
  /** The names of the PriorityClasses of the pods, which decide when a node evicts them: of node-exporter, and of the others. */
  readonly priorityClasses: { readonly agents: string; readonly monitoring: string };
  /** The nodes on which the pods may run: further conditions for node-exporter, and those of the others. */
  readonly placements: { readonly agents: Placement; readonly monitoring: Placement };
  /** Labels by which this Prometheus selects monitors and rules. No object of another Prometheus may have them. */
  readonly monitorLabels: Readonly<Record<string, string>>;
  /** Whether the release installs the operator. It never installs the CRDs. */
  readonly operator: boolean;
  /**
   * The namespace that node-exporter is installed in, which must admit access to the host; or `existing` if the nodes
   * already have one.
   * @default nodes are not monitored
   */
  readonly nodeExporter?: { readonly namespace: string } | "existing";
  /** The metrics that are kept of each cluster exporter. A job that is absent is not scraped. */
  readonly keep: Readonly<Partial<Record<ClusterJob, Keep>>>;
  /** Whether the rules and dashboards of the chart are installed. */
  readonly chartContent: boolean;
  /** The StorageClass of all volumes of the release. @default the cluster's default StorageClass */
  readonly storageClass?: string;
  readonly prometheus: {
    readonly replicas: number;
    readonly retention: string;
    readonly retentionSize: string;
    /** The size of each replica's volume. @default no volume: samples are lost when the pod ends */
    readonly storage?: string;
    readonly resources: Resources;
    /**
     * The address at which people open Prometheus, which links in notifications contain.
     * @default links contain the address inside the cluster
     */
    readonly externalUrl?: string;
    readonly externalLabels: Readonly<Record<string, string>>;
    /** Whether samples keep the ids of traces that the scraped programs add to them. */
    readonly exemplars: boolean;
    readonly remoteWrite: readonly object[];
  };
  readonly alertmanager: {
    readonly replicas: number;
    /** The size of each replica's volume. @default no volume: silences are lost when the pod ends */
    readonly storage?: string;
    readonly resources: Resources;
    /**
     * The address at which people open Alertmanager, which links in notifications contain.
     * @default links contain the address inside the cluster
     */
    readonly externalUrl?: string;
    /** Alertmanager's configuration; secrets are read from files. */
    readonly config: object;
    /** Templates that the configuration refers to. */
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
        // Set explicitly, because other components reach the Services by these names.
        fullnameOverride: "kube-prometheus-stack",
        commonLabels: props.monitorLabels,
        ...globalImages(props),
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

function operator({ operator, resources, keep, priorityClasses, placements }: KubePrometheusStackProps) {
  return {
    enabled: operator,
    priorityClassName: priorityClasses.monitoring,
    ...placements.monitoring,
    serviceMonitor: selfMonitor(keep["prometheus-operator"]),
    // Without its webhook, the operator needs no certificate and does not wait for one. Rules are tested before a
    // deployment.
    admissionWebhooks: { enabled: false },
    tls: { enabled: false },
    resources: resources.operator,
    prometheusConfigReloader: { resources: resources.configReloader },
    // Endpoints are deprecated and limited to 1,000 addresses.
    kubeletEndpointsEnabled: false,
    kubeletEndpointSliceEnabled: true,
  };
}

/** The monitor of one of the release's own programs and of its config reloader, which share one list of relabelings. */
function selfMonitor(keep: Keep | undefined, reloader: Keep = []) {
  const both = keep === "all" || reloader === "all" ? "all" : keep && [...keep, ...reloader];
  return { selfMonitor: keep !== undefined, metricRelabelings: keepOnly(both) };
}

function prometheus(stack: KubePrometheusStackProps) {
  const { prometheus: props, monitorLabels, storageClass, nodeExporter, keep } = stack;
  const selector = { matchLabels: monitorLabels };
  return {
    serviceMonitor: selfMonitor(keep.prometheus, keep["prometheus-config-reloader"]),
    podDisruptionBudget: { enabled: props.replicas > 1, maxUnavailable: 1, minAvailable: null },
    prometheusSpec: {
      replicas: props.replicas,
      priorityClassName: stack.priorityClasses.monitoring,
      ...replicasApart(props.replicas, { prometheus: "kube-prometheus-stack-prometheus" }, stack.placements.monitoring),
      retention: props.retention,
      retentionSize: props.retentionSize,
      storageSpec: volumeClaim(props.storage, storageClass),
      resources: props.resources,
      externalUrl: props.externalUrl,
      externalLabels: Object.fromEntries(
        Object.entries(props.externalLabels).map(([name, value]) => [name, labelText(value)]),
      ),
      additionalRemoteWrite: props.remoteWrite,
      ...(props.exemplars && { enableFeatures: ["exemplar-storage"] }),
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

/**
 * Prometheus replaces environment variables in external labels, and reads `$$` as `$`. The chart expands templates in them.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
function labelText(value: string): string {
  return templateText(value.replaceAll("$", () => "$$"));
}

function alertmanager(stack: KubePrometheusStackProps) {
  const { alertmanager: props, storageClass, monitorLabels, keep } = stack;
  return {
    serviceMonitor: selfMonitor(keep.alertmanager, keep["alertmanager-config-reloader"]),
    // Otherwise notifications of receivers with the same integration, such as two webhooks, are one series.
    enableFeatures: ["receiver-name-in-metrics"],
    config: props.config,
    templateFiles: { "messages.tmpl": props.messages },
    podDisruptionBudget: { enabled: props.replicas > 1, maxUnavailable: 1, minAvailable: null },
    alertmanagerSpec: {
      replicas: props.replicas,
      priorityClassName: stack.priorityClasses.monitoring,
      ...replicasApart(
        props.replicas,
        { alertmanager: "kube-prometheus-stack-alertmanager" },
        stack.placements.monitoring,
      ),
      storage: volumeClaim(props.storage, storageClass),
      resources: props.resources,
      externalUrl: props.externalUrl,
      secrets: props.secrets,
      // By default, all AlertmanagerConfigs of the cluster would be merged into our configuration.
      alertmanagerConfigSelector: { matchLabels: monitorLabels },
    },
  };
}

/**
 * Placement of replicas that run on different nodes: necessarily if there are several, and preferably if a rollout of a single
 * one has two for a moment. The chart prints its own condition after the given affinity, so that a second anti-affinity
 * must contain both.
 */
function replicasApart(replicas: number, matchLabels: Readonly<Record<string, string>>, placement: Placement) {
  const podAntiAffinity = replicas > 1 ? "hard" : "soft";
  if (placement.affinity?.podAntiAffinity === undefined) return { podAntiAffinity, ...placement };
  const term = { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels } };
  const own =
    podAntiAffinity === "hard"
      ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
      : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] };
  return { podAntiAffinity: "", ...mergePlacements({ affinity: { podAntiAffinity: own } }, placement) };
}

function clusterJobs(props: KubePrometheusStackProps) {
  const { keep, nodeExporter, monitorLabels, resources, priorityClasses, placements } = props;
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
        // With the chart's default of 10 s, cAdvisor would be the largest source of samples.
        cAdvisorInterval: "30s",
        cAdvisorMetricRelabelings: keepOnly(keep.cadvisor, withoutPod),
        probes: keep["kubelet-probes"] !== undefined,
        probesMetricRelabelings: keepOnly(keep["kubelet-probes"]),
      },
    },
    kubeStateMetrics: { enabled: keep["kube-state-metrics"] !== undefined },
    "kube-state-metrics": {
      resources: resources.kubeStateMetrics,
      priorityClassName: priorityClasses.monitoring,
      ...placements.monitoring,
      livenessProbe: neverAsked,
      prometheus: {
        monitor: {
          additionalLabels: monitorLabels,
          http: { metricRelabelings: keepOnly(keep["kube-state-metrics"]) },
        },
      },
      // The list does not contain Secrets, so that kube-state-metrics gets no permission to read them.
      collectors,
    },
    nodeExporter: { enabled: installed !== undefined },
    "prometheus-node-exporter": {
      namespaceOverride: installed?.namespace,
      ...everyLinuxNode(placements.agents),
      resources: resources.nodeExporter,
      priorityClassName: priorityClasses.agents,
      prometheus: {
        monitor: {
          enabled: keep["node-exporter"] !== undefined,
          additionalLabels: monitorLabels,
          // The name of the node, which Kubernetes objects contain, in addition to its address.
          relabelings: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }],
          metricRelabelings: keepOnly(keep["node-exporter"]),
        },
      },
    },
  };
}

/** cAdvisor also reports cgroups that belong to no pod. They contain sums, so they would be counted twice. */
const withoutPod = [{ sourceLabels: ["id", "pod"], regex: ".+;", action: "drop" }];

/**
 * The chart has no switch for this probe, and its path is fixed: `/livez`, which kube-state-metrics answers with what the API
 * server answers. Each outage of the API server would restart it, and leave it in back-off after the outage. The kubelet asks
 * only after this delay, which is ten years.
 */
const neverAsked = { initialDelaySeconds: 10 * 365 * 24 * 60 * 60 };

/** The kinds of objects that kube-state-metrics reports. */
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
