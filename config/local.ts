import type { Environment } from "../settings/environment";
import { containerResources, referenceErp, small } from "../settings/presets";

/**
 * A laptop cluster (kind, k3d, or minikube with containerd): all components on one node, and no data that must be kept.
 */
export const local: Environment = {
  ...small,
  name: "local",
  tier: "local",
  cluster: {
    context: "kind-erp",
    operator: "install",
    nodeExporter: "install",
    metricsApi: "off",
    controlPlane: "managed",
  },
  state: { backend: "local", path: "state/local" },
  runbookBaseUrl: "https://github.com/example/erp-observability/blob/main/docs/runbooks",
  prometheus: {
    ...small.prometheus,
    retention: "5d",
    retentionSize: "1600MB",
    storage: "2Gi",
  },
  alertmanager: {
    replicas: 1,
    storage: "64Mi",
    resources: containerResources("10m", "48Mi"),
    receivers: {},
    muteTimes: [],
  },
  grafana: {
    mode: "on",
    replicas: 1,
    resources: containerResources("100m", "384Mi"),
    url: "http://localhost:3000",
    adminSecret: "grafana-admin",
  },
  loki: { ...small.loki, storage: { type: "filesystem", size: "2Gi" }, retention: "2d" },
  erp: {
    ...referenceErp,
    image: "localhost/erp:0.1.0",
    api: {
      scale: { replicas: 2 },
      resources: containerResources("50m", "144Mi", "224Mi"),
      terminationGracePeriodSeconds: 30,
      preStopSeconds: 5,
    },
    celery: {
      ...referenceErp.celery,
      worker: {
        replicas: 1,
        concurrency: 4,
        resources: containerResources("50m", "112Mi", "192Mi"),
        terminationGracePeriodSeconds: 60,
      },
      beat: { resources: containerResources("10m", "96Mi", "128Mi") },
    },
    // No server issues these tokens: the traffic generator signs its own, with a key pair that exists only in the cluster.
    identity: {
      mode: "oidc",
      issuer: "https://local.invalid",
      audience: "erp",
      keys: { secret: { name: "erp-identity", key: "jwks.json" } },
    },
    sentry: { mode: "off" },
    slos: {
      availability: { objective: 0.999, window: "4d" },
      latency: { objective: 0.99, window: "4d", threshold: 0.5 },
    },
    inCluster: {
      postgresql: { storage: "1Gi", resources: containerResources("50m", "112Mi", "144Mi") },
      redis: { resources: containerResources("20m", "32Mi", "48Mi") },
      traffic: { requestsPerSecond: 2, resources: containerResources("20m", "48Mi", "64Mi") },
    },
  },
};
