import type { Environment } from "../settings/environment";
import { containerResources, highlyAvailable, referenceErp } from "../settings/presets";

/** Pages people, survives the loss of a zone, and keeps data for thirty days. */
export const production: Environment = {
  ...highlyAvailable,
  name: "production",
  tier: "production",
  cluster: {
    context: "production",
    operator: "install",
    nodeExporter: "install",
    metricsApi: "existing",
    storageClass: "gp3",
    controlPlane: "managed",
    ingress: { className: "nginx", controllerNamespace: "ingress-nginx" },
  },
  state: {
    backend: "s3",
    bucket: "example-terraform-state",
    key: "erp-observability/production",
    region: "eu-central-1",
    encrypt: true,
    use_lockfile: true,
  },
  runbookBaseUrl: "https://github.com/example/erp-observability/blob/main/docs/runbooks",
  alertmanager: {
    replicas: 3,
    storage: "1Gi",
    resources: containerResources("50m", "128Mi"),
    externalUrl: "https://alertmanager.example.com",
    secret: "alertmanager-receivers",
    receivers: {
      pager: { pagerduty: { credentialKey: "pagerduty-routing-key" } },
      chat: { slack: { channel: "#erp-production", apiUrlKey: "slack-api-url" } },
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
    ingress: { host: "grafana.example.com", tlsSecret: "grafana-tls" },
    oidc: {
      clientId: "grafana",
      clientSecret: { name: "grafana-oidc", key: "client-secret" },
      authUrl: "https://login.example.com/authorize",
      tokenUrl: "https://login.example.com/token",
      apiUrl: "https://login.example.com/userinfo",
      scopes: "openid profile email",
      roleAttributePath: "contains(groups[*], 'platform') && 'Admin' || 'Viewer'",
    },
  },
  loki: {
    ...highlyAvailable.loki,
    storage: {
      type: "s3",
      bucket: "example-loki",
      region: "eu-central-1",
      walSize: "10Gi",
      serviceAccountAnnotations: {},
    },
  },
  erp: {
    ...referenceErp,
    image: "registry.example.com/erp:0.1.0",
    api: {
      scale: { minReplicas: 3, maxReplicas: 12, targetCpuUtilization: 70 },
      resources: containerResources("500m", "512Mi"),
      terminationGracePeriodSeconds: 45,
      preStopSeconds: 10,
    },
    celery: {
      ...referenceErp.celery,
      worker: {
        replicas: 3,
        concurrency: 4,
        resources: containerResources("500m", "512Mi"),
        terminationGracePeriodSeconds: 300,
      },
      beat: { resources: containerResources("20m", "128Mi") },
    },
    postgresql: { ...referenceErp.postgresql, pool: { size: 3, overflow: 1 } },
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
      audience: "erp-production",
      keys: { uri: "https://login.example.com/keys" },
    },
    sentry: { mode: "managed", revision: 1, tracesSampleRate: 0.1, profilesSampleRate: 0.1 },
    slos: {
      availability: { objective: 0.999, window: "30d" },
      latency: { objective: 0.99, window: "30d", threshold: 0.5 },
    },
  },
};
