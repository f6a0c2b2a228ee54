/** Namespaces, Service names and ports, each defined once. */

/** Namespaces of the stacks. Each namespace is a trust boundary. */
export const namespaces = {
  monitoring: "monitoring",
  grafana: "grafana",
  logging: "logging",
  nodeAgents: "node-agents",
  tracing: "tracing",
  erp: "erp",
} as const;

export type Namespace = (typeof namespaces)[keyof typeof namespaces];

/** Address of a Service inside the cluster. */
export interface Address {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

export const addresses = {
  prometheus: { namespace: namespaces.monitoring, service: "kube-prometheus-stack-prometheus", port: 9090 },
  alertmanager: { namespace: namespaces.monitoring, service: "kube-prometheus-stack-alertmanager", port: 9093 },
  blackboxExporter: { namespace: namespaces.monitoring, service: "blackbox-exporter", port: 9115 },
  grafana: { namespace: namespaces.grafana, service: "grafana", port: 80 },
  loki: { namespace: namespaces.logging, service: "loki", port: 3100 },
  /** Receives the spans of the ERP: OTLP over HTTP. */
  otelCollector: { namespace: namespaces.tracing, service: "otel-collector", port: 4318 },
  /** Answers queries of Grafana. It receives traces on another port. */
  jaeger: { namespace: namespaces.tracing, service: "jaeger", port: 16686 },
  /** Receives traces and answers queries. */
  zipkin: { namespace: namespaces.tracing, service: "zipkin", port: 9411 },
  erpApi: { namespace: namespaces.erp, service: "erp-api", port: 8000 },
  erpWorker: { namespace: namespaces.erp, service: "erp-worker", port: 9000 },
  postgresql: { namespace: namespaces.erp, service: "postgresql", port: 5432 },
  redis: { namespace: namespaces.erp, service: "redis", port: 6379 },
} as const satisfies Record<string, Address>;

/** Deployments of the ERP and of its dependencies. Each environment has some of them. */
export const erpDeployments = [
  "erp-api",
  "erp-beat",
  "erp-traffic",
  "erp-worker",
  "celery-exporter",
  "elasticsearch-exporter",
  "postgresql-exporter",
  "redis-exporter",
  "postgresql",
  "redis",
] as const;

/** Programs of the ERP. Their containers have the same names. */
export const erpPrograms = ["erp-api", "erp-beat", "erp-migrate", "erp-traffic", "erp-worker"] as const;

/** Pods in one namespace, selected by their labels. Without labels, all pods in the namespace are selected. */
export interface Pods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Pods of the monitoring system, by the labels that their charts and the operator set. */
export const pods = {
  prometheus: { namespace: namespaces.monitoring, labels: { "app.kubernetes.io/name": "prometheus" } },
  alertmanager: { namespace: namespaces.monitoring, labels: { "app.kubernetes.io/name": "alertmanager" } },
  operator: { namespace: namespaces.monitoring, labels: { app: "kube-prometheus-stack-operator" } },
  kubeStateMetrics: { namespace: namespaces.monitoring, labels: { "app.kubernetes.io/name": "kube-state-metrics" } },
  blackboxExporter: {
    namespace: namespaces.monitoring,
    labels: { "app.kubernetes.io/name": "prometheus-blackbox-exporter" },
  },
  grafana: { namespace: namespaces.grafana, labels: { "app.kubernetes.io/name": "grafana" } },
  loki: {
    namespace: namespaces.logging,
    labels: { "app.kubernetes.io/name": "loki", "app.kubernetes.io/component": "single-binary" },
  },
  lokiCanary: {
    namespace: namespaces.logging,
    labels: { "app.kubernetes.io/name": "loki", "app.kubernetes.io/component": "canary" },
  },
  promtail: { namespace: namespaces.nodeAgents, labels: { "app.kubernetes.io/name": "promtail" } },
  alloy: { namespace: namespaces.nodeAgents, labels: { "app.kubernetes.io/name": "alloy" } },
  otelCollector: { namespace: namespaces.tracing, labels: { "app.kubernetes.io/name": "otel-collector" } },
  jaeger: { namespace: namespaces.tracing, labels: { "app.kubernetes.io/name": "jaeger" } },
  zipkin: { namespace: namespaces.tracing, labels: { "app.kubernetes.io/name": "zipkin" } },
} as const satisfies Record<string, Pods>;

/** `http://service.namespace.svc:port`: resolved by every cluster, regardless of its domain. */
export function url({ service, namespace, port }: Address): string {
  return `http://${service}.${namespace}.svc:${port}`;
}

/**
 * Label that our Prometheus selects rules and monitors by. A cluster may contain another Prometheus, and other charts
 * may also set `release: kube-prometheus-stack`, so that the label is our own.
 */
export const monitorLabels = { "monitored-by": "erp-observability" } as const;

/**
 * Health routes that every program of the ERP serves (`ready` only the API), and the seconds that the kubelet waits for
 * their answer.
 */
export const healthRoutes = {
  live: { path: "/healthz/live", timeoutSeconds: 3 },
  ready: { path: "/healthz/ready", timeoutSeconds: 3 },
} as const;
