import type { LivenessProbe } from "./pods";

/**
 * What the answer to each liveness probe depends on, by container and path: the program itself, or another server. Each entry
 * was looked up in the source of the program. The operator adds the probes of Prometheus and Alertmanager, at `/-/healthy`,
 * which ask only the program.
 */
export const livenessAnswers: Readonly<Record<string, string>> = {
  // It answers with what the API server answers at `/livez`: pkg/app/server.go of kube-state-metrics 2.20.
  "kube-state-metrics /livez": "the API server",
  "kube-prometheus-stack /healthz": "itself",
  "node-exporter /": "itself",
  "blackbox-exporter /-/healthy": "itself",
  // It reads Grafana's database, which is a file of the pod.
  "grafana /api/health": "itself",
  "loki /loki/api/v1/status/buildinfo": "itself",
  "canary /metrics": "itself",
  // The extension `health_check` answers whether the pipelines have started.
  "opentelemetry-collector /": "itself",
  "erp-api /healthz/live": "itself",
  "erp-worker /healthz/live": "itself",
  "celery-exporter /health": "itself",
  "redis-exporter /health": "itself",
  "elasticsearch-exporter /healthz": "itself",
  "postgresql-exporter /": "itself",
};

const tenYears = 10 * 365 * 24 * 60 * 60;

/** Whether the kubelet never asks, because a chart has no other switch for its probe. */
export function isNever({ initialDelaySeconds = 0 }: LivenessProbe): boolean {
  return initialDelaySeconds >= tenYears;
}
