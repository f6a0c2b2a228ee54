import type { Environment } from "./environment";

/** What most environments share, as plain objects: an environment takes one and says what differs. */
type Preset = Pick<
  Environment,
  "mirrors" | "clusterMonitoring" | "chartContent" | "prometheus" | "logAgent" | "resources"
> & { readonly loki: Omit<Environment["loki"], "storage"> };

/** CPU and memory asked for, and the memory at which a container is ended. @default as much as it asked for */
export const containerResources = (cpu: string, memory: string, limit = memory) => ({
  requests: { cpu, memory },
  limits: { memory: limit },
});

const shared = {
  mirrors: {},
  clusterMonitoring: "curated",
  chartContent: "off",
  resources: {
    operator: containerResources("20m", "48Mi", "96Mi"),
    configReloader: containerResources("5m", "24Mi", "32Mi"),
    kubeStateMetrics: containerResources("10m", "32Mi", "64Mi"),
    nodeExporter: containerResources("10m", "24Mi", "32Mi"),
    blackboxExporter: containerResources("10m", "24Mi", "32Mi"),
    canary: containerResources("10m", "32Mi"),
    dashboardSidecar: containerResources("10m", "96Mi"),
  },
} as const;

/** One node, one replica of each part: a laptop, or a staging cluster. */
export const small = {
  ...shared,
  prometheus: {
    replicas: 1,
    // Alerts hold today against last week.
    retention: "15d",
    retentionSize: "8GB",
    storage: "10Gi",
    resources: containerResources("150m", "256Mi", "512Mi"),
    externalLabels: {},
    remoteWrite: [],
  },
  loki: {
    replicas: 1,
    retention: "7d",
    // An hour under traffic took 125 MiB (`npm run test:live -- requests`), the first minutes of a busy machine 202 MiB.
    resources: containerResources("100m", "208Mi", "320Mi"),
    canary: false,
    schemaFrom: "2026-01-01",
  },
  logAgent: { kind: "promtail", namespaces: [], resources: containerResources("50m", "96Mi", "128Mi") },
} as const satisfies Preset;

/** Survives the loss of a node or zone: two Prometheus, three Alertmanagers, Loki on object storage. */
export const highlyAvailable = {
  ...shared,
  // A larger cluster has more objects to list, and more of everything that is said about them.
  resources: {
    ...shared.resources,
    operator: containerResources("50m", "128Mi", "256Mi"),
    kubeStateMetrics: containerResources("50m", "128Mi", "512Mi"),
    nodeExporter: containerResources("50m", "48Mi", "96Mi"),
    blackboxExporter: containerResources("20m", "32Mi", "64Mi"),
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

type ReferenceErp = Partial<Omit<Environment["erp"], "celery">> & {
  readonly celery: Pick<Environment["erp"]["celery"], "exporterSecret" | "exporterResources" | "queues">;
};

/** Commands of the reference ERP's image, which a team's own image replaces where it differs. */
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
      "--timeout-graceful-shutdown",
      "20",
    ],
    worker: ["celery", "--quiet", "--app", "app.worker", "worker", "--pool", "threads", "--task-events"],
    beat: ["celery", "--quiet", "--app", "app.worker", "beat", "--schedule", "/tmp/celerybeat-schedule", "--pidfile="],
    migrate: ["alembic", "upgrade", "head"],
    awaitMigrations: ["python", "-m", "app.await_migrations"],
  },
  postgresql: {
    secret: { name: "erp-postgresql", key: "url" },
    exporterSecret: { name: "erp-postgresql-exporter", key: "url" },
    // Of a server that nobody has tuned.
    connections: 97,
    pool: { size: 5, overflow: 5 },
  },
  redis: {
    secret: { name: "erp-redis", key: "url" },
    exporterSecret: { name: "erp-redis-exporter", key: "url" },
  },
  celery: {
    exporterSecret: { name: "erp-celery-exporter", key: "url" },
    exporterResources: containerResources("10m", "112Mi", "160Mi"),
    queues: ["default", "reports"],
  },
  httpMetrics: "starlette-prometheus",
  exporterResources: containerResources("10m", "48Mi"),
} as const satisfies ReferenceErp;
