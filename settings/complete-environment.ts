import type { Environment } from "./environment";
import { containerResources, highlyAvailable, largeTracing, referenceErp } from "./presets";

/**
 * An environment with every optional part, so that it has every alert of the product. It is never deployed. Texts that do
 * not depend on the settings of a team, such as the facts in the runbooks, are rendered from it.
 */
export const completeEnvironment: Environment = {
  ...highlyAvailable,
  name: "complete",
  tier: "production",
  cluster: {
    context: "complete",
    operator: "install",
    nodeExporter: "install",
    metricsApi: "existing",
    controlPlane: "managed",
    ingress: { className: "nginx", controllerNamespace: "ingress-nginx" },
  },
  state: { backend: "gcs", bucket: "state", prefix: "complete" },
  runbookBaseUrl: "https://runbooks.example.com",
  prometheus: { ...highlyAvailable.prometheus, remoteWrite: [{ url: "https://metrics.example.com/api/v1/push" }] },
  alertmanager: {
    replicas: 3,
    storage: "1Gi",
    resources: containerResources("50m", "128Mi"),
    externalUrl: "https://alertmanager.example.com",
    secret: "alertmanager-receivers",
    receivers: {
      pager: { pagerduty: { credentialKey: "pagerduty-routing-key" } },
      chat: { slack: { channel: "#erp", apiUrlKey: "slack-api-url" } },
    },
    heartbeat: { urlKey: "heartbeat-url", repeatInterval: "1m", grace: "5m" },
    muteTimes: [],
  },
  grafana: {
    mode: "on",
    replicas: 1,
    resources: containerResources("250m", "512Mi"),
    url: "https://grafana.example.com",
    adminSecret: "grafana-admin",
  },
  loki: {
    ...highlyAvailable.loki,
    storage: { type: "gcs", bucket: "logs", walSize: "10Gi", serviceAccountAnnotations: {} },
  },
  tracing: {
    ...largeTracing,
    store: "jaeger",
    storage: { type: "opensearch", url: "https://opensearch.example.com", retention: "14d" },
  },
  erp: {
    ...referenceErp,
    image: "registry.example.com/erp:0.1.0",
    api: {
      scale: { minReplicas: 3, maxReplicas: 6, targetCpuUtilization: 70 },
      resources: containerResources("500m", "512Mi"),
      terminationGracePeriodSeconds: 45,
      preStopSeconds: 10,
    },
    celery: {
      ...referenceErp.celery,
      worker: {
        replicas: 2,
        concurrency: 4,
        resources: containerResources("500m", "512Mi"),
        terminationGracePeriodSeconds: 300,
      },
      beat: { resources: containerResources("20m", "128Mi") },
    },
    postgresql: {
      ...referenceErp.postgresql,
      pool: { size: 3, overflow: 1 },
      backup: { metric: "cnpg_collector_last_available_backup_timestamp", maxAge: "26h" },
    },
    elasticsearch: {
      secret: { name: "erp-elasticsearch", key: "url" },
      exporterSecret: { name: "erp-elasticsearch-exporter", key: "url" },
    },
    ingress: {
      hosts: ["erp.example.com"],
      paths: ["/api", "/healthz/live"],
      probePath: "/healthz/live",
      tlsSecret: "erp-tls",
    },
    identity: {
      mode: "oidc",
      issuer: "https://login.example.com",
      audience: "erp",
      keys: { uri: "https://login.example.com/keys" },
    },
    sentry: {
      mode: "managed",
      revision: 1,
      tracesSampleRate: 0,
      profilesSampleRate: 0,
      project: {
        organization: "complete",
        team: "erp",
        slug: "erp-complete",
        slack: { workspace: "Complete" },
        uptime: { intervalSeconds: 60, timeoutSeconds: 5 },
      },
    },
    slos: {
      availability: { objective: 0.999, window: "30d" },
      latency: { objective: 0.99, window: "30d", threshold: 0.5 },
    },
  },
};
