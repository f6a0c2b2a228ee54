/** A client pod, named by its label, and the ports that it may reach. All other ports must be closed to it. */
export interface ClientPod {
  readonly namespace: string;
  readonly name: string;
  /** Labels in addition to its name. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  readonly reaches: readonly string[];
}

/** The pods that listen, by the name that `ports` uses. No two namespaces have pods with the same label. */
export const listeners: Readonly<Record<string, { readonly namespace: string; readonly selector: string }>> = {
  prometheus: { namespace: "monitoring", selector: "app.kubernetes.io/name=prometheus" },
  alertmanager: { namespace: "monitoring", selector: "app.kubernetes.io/name=alertmanager" },
  operator: { namespace: "monitoring", selector: "app=kube-prometheus-stack-operator" },
  "kube-state-metrics": { namespace: "monitoring", selector: "app.kubernetes.io/name=kube-state-metrics" },
  "blackbox-exporter": { namespace: "monitoring", selector: "app.kubernetes.io/name=prometheus-blackbox-exporter" },
  loki: { namespace: "logging", selector: "app.kubernetes.io/name=loki" },
  promtail: { namespace: "node-agents", selector: "app.kubernetes.io/name=promtail" },
  "erp-api": { namespace: "erp", selector: "app.kubernetes.io/name=erp-api" },
  "erp-worker": { namespace: "erp", selector: "app.kubernetes.io/name=erp-worker" },
  postgresql: { namespace: "erp", selector: "app.kubernetes.io/name=postgresql" },
  redis: { namespace: "erp", selector: "app.kubernetes.io/name=redis" },
  "postgresql-exporter": { namespace: "erp", selector: "app.kubernetes.io/name=postgresql-exporter" },
  "redis-exporter": { namespace: "erp", selector: "app.kubernetes.io/name=redis-exporter" },
  "celery-exporter": { namespace: "erp", selector: "app.kubernetes.io/name=celery-exporter" },
};

export const ports: readonly string[] = [
  "prometheus:9090",
  "prometheus:8080",
  "alertmanager:9093",
  "alertmanager:8080",
  "operator:8080",
  "kube-state-metrics:8080",
  "blackbox-exporter:9115",
  "loki:3100",
  "loki:9095",
  "promtail:3101",
  "erp-api:8000",
  "erp-worker:9000",
  "postgresql:5432",
  "redis:6379",
  "postgresql-exporter:9187",
  "redis-exporter:9121",
  "celery-exporter:9808",
];

/** Written by hand from the purpose of each pod, not derived from the network policies under test. */
export const clientPods: readonly ClientPod[] = [
  {
    namespace: "monitoring",
    name: "prometheus",
    reaches: ports.filter(
      (port) => !["alertmanager:9094", "loki:9095", "postgresql:5432", "redis:6379"].includes(port),
    ),
  },
  { namespace: "monitoring", name: "alertmanager", reaches: [] },
  { namespace: "monitoring", name: "prometheus-blackbox-exporter", reaches: ["erp-api:8000"] },
  {
    namespace: "logging",
    name: "loki",
    labels: { "app.kubernetes.io/component": "single-binary" },
    reaches: ["alertmanager:9093", "loki:3100", "loki:9095"],
  },
  { namespace: "node-agents", name: "promtail", reaches: ["loki:3100"] },
  { namespace: "erp", name: "erp-api", reaches: ["postgresql:5432", "redis:6379"] },
  { namespace: "erp", name: "erp-worker", reaches: ["postgresql:5432", "redis:6379"] },
  { namespace: "erp", name: "erp-beat", reaches: ["redis:6379"] },
  { namespace: "erp", name: "erp-migrate", reaches: ["postgresql:5432"] },
  { namespace: "erp", name: "erp-traffic", reaches: ["erp-api:8000"] },
  { namespace: "erp", name: "postgresql-exporter", reaches: ["postgresql:5432"] },
  { namespace: "erp", name: "redis-exporter", reaches: ["redis:6379"] },
  { namespace: "erp", name: "celery-exporter", reaches: ["redis:6379"] },
  { namespace: "grafana", name: "anything", reaches: [] },
  { namespace: "default", name: "prometheus", reaches: [] },
];
