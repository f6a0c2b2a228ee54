import type { Environment } from "../settings/environment";
import { containerResources, referenceErp, small } from "../settings/presets";

/** Smaller than production but with the same components. It notifies a chat and never pages. */
export const staging: Environment = {
  ...small,
  name: "staging",
  tier: "staging",
  cluster: {
    context: "staging",
    operator: "install",
    nodeExporter: "install",
    metricsApi: "existing",
    controlPlane: "managed",
    ingress: { className: "nginx", controllerNamespace: "ingress-nginx" },
  },
  state: {
    backend: "s3",
    bucket: "example-terraform-state",
    key: "erp-observability/staging",
    region: "eu-central-1",
    encrypt: true,
    use_lockfile: true,
  },
  runbookBaseUrl: "https://github.com/example/erp-observability/blob/main/docs/runbooks",
  alertmanager: {
    replicas: 1,
    storage: "1Gi",
    resources: containerResources("20m", "64Mi"),
    secret: "alertmanager-receivers",
    receivers: { chat: { slack: { channel: "#erp-staging", apiUrlKey: "slack-api-url" } } },
    muteTimes: [
      {
        name: "nights",
        times: [
          { start: "00:00", end: "07:00" },
          { start: "20:00", end: "24:00" },
        ],
        location: "Europe/Berlin",
      },
    ],
  },
  grafana: {
    mode: "on",
    replicas: 1,
    resources: containerResources("100m", "256Mi"),
    url: "https://grafana.staging.example.com",
    adminSecret: "grafana-admin",
    ingress: { host: "grafana.staging.example.com", tlsSecret: "grafana-tls" },
  },
  loki: { ...small.loki, storage: { type: "filesystem", size: "10Gi" } },
  erp: {
    ...referenceErp,
    image: "registry.example.com/erp:0.1.0",
    api: {
      scale: { minReplicas: 2, maxReplicas: 4, targetCpuUtilization: 70 },
      resources: containerResources("250m", "384Mi"),
      terminationGracePeriodSeconds: 30,
      preStopSeconds: 5,
    },
    celery: {
      ...referenceErp.celery,
      worker: {
        replicas: 2,
        concurrency: 4,
        resources: containerResources("250m", "384Mi"),
        terminationGracePeriodSeconds: 300,
      },
      beat: { resources: containerResources("20m", "128Mi") },
    },
    elasticsearch: {
      secret: { name: "erp-elasticsearch", key: "url" },
      exporterSecret: { name: "erp-elasticsearch-exporter", key: "url" },
    },
    ingress: {
      hosts: ["erp.staging.example.com"],
      paths: ["/api", "/healthz/live"],
      probePath: "/healthz/live",
      tlsSecret: "erp-tls",
    },
    identity: {
      mode: "oidc",
      issuer: "https://login.example.com",
      audience: "erp-staging",
      keys: { uri: "https://login.example.com/keys" },
    },
    sentry: { mode: "managed", revision: 1, tracesSampleRate: 0.1, profilesSampleRate: 0.1 },
    slos: {
      availability: { objective: 0.995, window: "30d" },
      latency: { objective: 0.99, window: "30d", threshold: 0.5 },
    },
  },
};
