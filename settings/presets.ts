import type { Environment } from "./environment";

/** Settings that most environments share. An environment spreads one of the presets and overrides the settings that differ. */
type Preset = Pick<
  Environment,
  "mirrors" | "clusterMonitoring" | "chartContent" | "prometheus" | "logAgent" | "resources"
> & { readonly loki: Omit<Environment["loki"], "storage"> };

/** Requested CPU and memory of a container, and its memory limit. @default the limit is the requested memory */
export const containerResources = (cpu: string, memory: string, limit = memory) => ({
  requests: { cpu, memory },
  limits: { memory: limit },
});

/**
 * Containers of the monitoring request as much memory as they may use. A node without free memory first evicts pods that use
 * more than they request, whatever their priority is: docs/decisions/eviction.md.
 */
const shared = {
  mirrors: {},
  clusterMonitoring: "curated",
  chartContent: "off",
  resources: {
    operator: containerResources("20m", "96Mi"),
    configReloader: containerResources("5m", "32Mi"),
    kubeStateMetrics: containerResources("10m", "64Mi"),
    nodeExporter: containerResources("10m", "32Mi"),
    blackboxExporter: containerResources("10m", "32Mi"),
    canary: containerResources("10m", "32Mi"),
    dashboardSidecar: containerResources("10m", "96Mi"),
  },
} as const;

/** One node and one replica of each component: a laptop or a staging cluster. */
export const small = {
  ...shared,
  prometheus: {
    replicas: 1,
    // Longer than the period of an objective, which is usually 30 days.
    retention: "31d",
    retentionSize: "8GB",
    storage: "10Gi",
    resources: containerResources("150m", "512Mi"),
    externalLabels: {},
    remoteWrite: [],
  },
  loki: {
    replicas: 1,
    retention: "7d",
    // Measured memory: 125 MiB after an hour of traffic (`npm run test:live -- requests`), and 202 MiB in the first
    // minutes on a busy machine.
    resources: containerResources("100m", "320Mi"),
    canary: false,
    schemaFrom: "2026-01-01",
  },
  logAgent: { kind: "promtail", namespaces: [], resources: containerResources("50m", "128Mi") },
} as const satisfies Preset;

/** Survives the loss of a node or a zone: two Prometheus, three Alertmanagers, Loki on object storage. */
export const highlyAvailable = {
  ...shared,
  // A larger cluster has more objects, and so more series about them.
  resources: {
    ...shared.resources,
    operator: containerResources("50m", "256Mi"),
    kubeStateMetrics: containerResources("50m", "512Mi"),
    nodeExporter: containerResources("50m", "96Mi"),
    blackboxExporter: containerResources("20m", "64Mi"),
  },
  prometheus: {
    replicas: 2,
    retention: "30d",
    retentionSize: "80GB",
    storage: "100Gi",
    resources: containerResources("500m", "4Gi"),
    externalLabels: {},
    remoteWrite: [],
  },
  loki: {
    replicas: 3,
    retention: "30d",
    resources: containerResources("500m", "2Gi"),
    canary: true,
    schemaFrom: "2026-01-01",
  },
  logAgent: { kind: "promtail", namespaces: [], resources: containerResources("100m", "128Mi") },
} as const satisfies Preset;

/** Sampling and resources of the traces of a small cluster, which an environment completes with a store. */
export const smallTracing = {
  sampling: { ratio: 1, slowerThan: "500ms" },
  replicas: 1,
  resources: {
    collector: containerResources("20m", "128Mi"),
    store: containerResources("20m", "192Mi"),
  },
} as const;

/** The same for a larger cluster. The collector keeps every trace in memory until it has decided about it. */
export const largeTracing = {
  sampling: { ratio: 0.1, slowerThan: "1s" },
  replicas: 2,
  resources: {
    collector: containerResources("250m", "1Gi"),
    store: containerResources("250m", "1Gi"),
  },
} as const;

type ReferenceErp = Partial<Omit<Environment["erp"], "celery">> & {
  readonly celery: Pick<Environment["erp"]["celery"], "exporterSecret" | "exporterResources" | "queues">;
};

/** Settings of the reference ERP, which a team overrides where its own image differs. */
export const referenceErp = {
  commands: {
    api: [
      "uvicorn",
      "app.main:app",
      "--host",
      "0.0.0.0",
      "--port",
      "8000",
      "--no-access-log",
      // Longer than the proxy in front keeps an idle connection: settings/rules/timeout-order.ts.
      "--timeout-keep-alive",
      "75",
      "--timeout-graceful-shutdown",
      "20",
      // Clients send nothing longer than a token over a WebSocket.
      "--ws-max-size",
      "65536",
    ],
    worker: ["celery", "--quiet", "--app", "app.worker", "worker", "--pool", "threads", "--task-events"],
    beat: ["celery", "--quiet", "--app", "app.worker", "beat", "--schedule", "/tmp/celerybeat-schedule", "--pidfile="],
    migrate: ["alembic", "upgrade", "head"],
    awaitMigrations: ["python", "-m", "app.await_migrations"],
  },
  postgresql: {
    secret: { name: "erp-postgresql", key: "url" },
    exporterSecret: { name: "erp-postgresql-exporter", key: "url" },
    // The default of PostgreSQL: 100 connections, of which 3 are reserved.
    connections: 97,
    pool: { size: 5, overflow: 5 },
  },
  redis: {
    secret: { name: "erp-redis", key: "url" },
    exporterSecret: { name: "erp-redis-exporter", key: "url" },
  },
  celery: {
    exporterSecret: { name: "erp-celery-exporter", key: "url" },
    exporterResources: containerResources("10m", "160Mi"),
    queues: ["default", "reports"],
  },
  httpMetrics: "starlette-prometheus",
  exporterResources: containerResources("10m", "48Mi"),
} as const satisfies ReferenceErp;
