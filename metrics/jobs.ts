import type { Label } from "../kit/queries/series";

/** A scrape job: what Prometheus asks, how often, and which labels it adds to every sample. */
export interface Job {
  /** Ours, and unique: one value of the label `job` may stand for several endpoints, as the kubelet's does. */
  readonly name: string;
  /** Whose program it asks: who is told when nothing answers. */
  readonly team: "erp" | "platform";
  /** Name of the Service's port. */
  readonly port: string;
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** Samples of one scrape above which all of it is refused. */
  readonly sampleLimit?: number;
  /** Labels of the target. Where the exporter names the object itself (`namespace`, `pod`), its label wins. */
  readonly labels: Readonly<Record<string, Label>>;
}

/** Seconds between two evaluations of a rule, and so between two samples of what it records. */
export const evaluationSeconds = 15;

const any: Label = {};

/** Labels that the operator gives to every target found through a Service. */
function target(job: string, port: string, container: string) {
  return {
    job: { values: [job] },
    endpoint: { values: [port] },
    container: { values: [container] },
    instance: any,
    namespace: any,
    pod: any,
    service: any,
  };
}

/** What the operator's kubelet Service adds: it has no pods, but a node and three paths. */
function kubelet(path: string) {
  const { container: _container, pod: _pod, ...labels } = target("kubelet", "https-metrics", "");
  return { ...labels, node: any, metrics_path: { values: [path] } };
}

/** Of the ERP: close enough together that an outage pages within 90 seconds. */
const erp = { team: "erp", intervalSeconds: 15, timeoutSeconds: 5, path: "/metrics" } as const;
/** The charts' own rhythm. */
const cluster = { team: "platform", intervalSeconds: 30, timeoutSeconds: 10 } as const;

/** An exporter of one of the ERP's servers. */
function exporter(name: string) {
  const labels = target(name, "metrics", name);
  return { ...cluster, team: "erp", name, port: "metrics", path: "/metrics", labels } as const;
}

/** A part of the platform, whose pods are scraped without a Service. */
function part(name: string, port: string, container: string) {
  const { service: _service, ...labels } = target(name, port, container);
  return { ...cluster, name, port, path: "/metrics", labels };
}

export const jobs = {
  erpApi: {
    ...erp,
    name: "erp-api",
    port: "http",
    sampleLimit: 20_000,
    labels: target("erp-api", "http", "erp-api"),
  },
  erpWorker: {
    ...erp,
    name: "erp-worker",
    port: "metrics",
    sampleLimit: 20_000,
    labels: target("erp-worker", "metrics", "erp-worker"),
  },
  erpProbe: {
    ...erp,
    name: "erp-probe",
    port: "http",
    path: "/probe",
    labels: { job: { values: ["erp-probe"] }, instance: any, namespace: any },
  },
  erpPublicProbe: {
    ...erp,
    name: "erp-public-probe",
    port: "http",
    path: "/probe",
    labels: { job: { values: ["erp-public-probe"] }, instance: any, namespace: any },
  },
  prometheus: {
    ...cluster,
    name: "prometheus",
    port: "http-web",
    path: "/metrics",
    labels: target("kube-prometheus-stack-prometheus", "http-web", "prometheus"),
  },
  alertmanager: {
    ...cluster,
    name: "alertmanager",
    port: "http-web",
    path: "/metrics",
    labels: target("kube-prometheus-stack-alertmanager", "http-web", "alertmanager"),
  },
  prometheusOperator: {
    ...cluster,
    name: "prometheus-operator",
    port: "http",
    path: "/metrics",
    labels: target("kube-prometheus-stack-operator", "http", "kube-prometheus-stack"),
  },
  kubeStateMetrics: {
    ...cluster,
    name: "kube-state-metrics",
    port: "http",
    path: "/metrics",
    labels: target("kube-state-metrics", "http", "kube-state-metrics"),
  },
  kubelet: {
    ...cluster,
    name: "kubelet",
    port: "https-metrics",
    path: "/metrics",
    labels: kubelet("/metrics"),
  },
  cadvisor: {
    ...cluster,
    name: "cadvisor",
    port: "https-metrics",
    path: "/metrics/cadvisor",
    labels: kubelet("/metrics/cadvisor"),
  },
  kubeletProbes: {
    ...cluster,
    name: "kubelet-probes",
    port: "https-metrics",
    path: "/metrics/probes",
    labels: kubelet("/metrics/probes"),
  },
  nodeExporter: {
    ...cluster,
    name: "node-exporter",
    port: "http-metrics",
    path: "/metrics",
    // Ours has more. These are there whoever installed it, so that queries can rely on no others.
    labels: { job: { values: ["node-exporter"] }, instance: any, node: any },
  },
  postgresqlExporter: exporter("postgresql-exporter"),
  redisExporter: exporter("redis-exporter"),
  celeryExporter: exporter("celery-exporter"),
  elasticsearchExporter: exporter("elasticsearch-exporter"),
  loki: part("loki", "http-metrics", "loki"),
  lokiCanary: part("loki-canary", "http-metrics", "canary"),
  promtail: part("promtail", "http-metrics", "promtail"),
  alloy: part("alloy", "http-metrics", "alloy"),
  blackboxExporter: part("blackbox-exporter", "http", "blackbox-exporter"),
  grafana: part("grafana", "grafana", "grafana"),
} as const satisfies Record<string, Job>;
