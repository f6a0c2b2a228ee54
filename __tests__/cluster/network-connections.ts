/** A pod that asks, by the label that it would have, and what it may reach; everything else must stay closed to it. */
export interface Asker {
  readonly namespace: string;
  readonly name: string;
  /** Besides its name. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  readonly reaches: readonly string[];
}

/** Everything that listens, as `pod label:port`; two names for one label's pods in several namespaces do not occur. */
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

/** Written by hand from what each part is for, not from the rules that are under test. */
export const askers: readonly Asker[] = [
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
