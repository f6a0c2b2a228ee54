import { addresses, namespaces, url } from "../../config/addresses";
import type { Evidence } from "../../kit/metrics/evidence";
import { jobs } from "../../metrics/jobs";
import type { Kubectl } from "../cluster/kubectl";
import { failTask } from "./failed-task";
import { floodLogs, removeFlood } from "./flooded-logs";
import type { Pods } from "./running";
import { removeTroubledWorkloads, troubleWorkloads } from "./troubled-workloads";
import { labelIn } from "./versions";

/** A program of the environment, asked through the API server. */
export interface Source {
  /** One of them is asked; the kubelet of a node where there are none. */
  readonly pods?: Pods;
  /** @default "/metrics" */
  readonly path?: string;
  /** What it speaks of. */
  readonly behind: string | ((scrape: Evidence) => string);
  /** Makes happen what is counted from its first time on. */
  readonly first?: (kubectl: Kubectl) => Promise<void>;
  /** Takes away what is left of that. */
  readonly afterwards?: (kubectl: Kubectl) => Promise<void>;
}

const { monitoring, logging, nodeAgents, erp } = namespaces;
const kubelet = { behind: "a node with the whole environment" };
const blackbox = pods(monitoring, "prometheus-blackbox-exporter", addresses.blackboxExporter.port);
const promtail = pods(nodeAgents, "promtail", 3101);
const probe = new URLSearchParams({ module: "http_2xx", target: `${url(addresses.erpApi)}/healthz/ready` });

export const clusterSources: Readonly<Record<string, Source>> = {
  [jobs.erpApi.name]: {
    ...pods(erp, "erp-api", addresses.erpApi.port),
    behind: "traffic, PostgreSQL, Redis and a worker",
  },
  [jobs.erpWorker.name]: {
    ...pods(erp, "erp-worker", addresses.erpWorker.port),
    behind: "tasks of the traffic and of beat, PostgreSQL and Redis",
  },
  [jobs.postgresqlExporter.name]: {
    ...pods(erp, "postgresql-exporter", 9187),
    behind: (scrape) => `PostgreSQL ${labelIn(scrape, "pg_static", "short_version")} with the ERP's database`,
  },
  [jobs.redisExporter.name]: {
    ...pods(erp, "redis-exporter", 9121),
    behind: (scrape) => `Redis ${labelIn(scrape, "redis_instance_info", "redis_version")} with queues and cache`,
  },
  [jobs.celeryExporter.name]: {
    ...pods(erp, "celery-exporter", 9808),
    behind: "the ERP's queues, a worker and beat, and a task that fails",
    first: failTask,
  },
  [jobs.erpProbe.name]: { ...blackbox, path: `/probe?${probe}`, behind: "the ERP's API" },
  [jobs.blackboxExporter.name]: { ...blackbox, behind: "its probes of the ERP's API" },
  [jobs.prometheusOperator.name]: {
    ...pods(monitoring, "kube-prometheus-stack-prometheus-operator", 8080),
    behind: "Prometheus, Alertmanager, their monitors and rules",
  },
  [jobs.kubeStateMetrics.name]: {
    ...pods(monitoring, "kube-state-metrics", 8080),
    behind: "the cluster's objects, among them a container that runs out of memory, a failed Job and an autoscaler",
    first: troubleWorkloads,
    afterwards: removeTroubledWorkloads,
  },
  [jobs.nodeExporter.name]: { ...pods(nodeAgents, "prometheus-node-exporter", 9100), behind: "a node" },
  [jobs.loki.name]: { ...pods(logging, "loki", addresses.loki.port), behind: "Promtail, and the rules of the logs" },
  [jobs.promtail.name]: {
    ...promtail,
    behind: "the logs of a node, and a pod that writes more of them than it may",
    first: (kubectl) => floodLogs(promtail.pods, kubectl),
    afterwards: removeFlood,
  },
  [jobs.alloy.name]: { ...pods(nodeAgents, "alloy", 12345), behind: "the logs of a node" },
  [jobs.kubelet.name]: kubelet,
  [jobs.cadvisor.name]: { ...kubelet, path: jobs.cadvisor.path },
  [jobs.kubeletProbes.name]: { ...kubelet, path: jobs.kubeletProbes.path },
};

function pods(namespace: string, app: string, port: number): { readonly pods: Pods } {
  return { pods: { namespace, app, port } };
}
