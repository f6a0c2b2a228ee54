import type { Job } from "../../kit/metrics/job";
import type { Environment } from "../../settings/environment";

/** The smallest and the largest number of targets that a job should have. */
export interface TargetCount {
  readonly least: number;
  readonly most: number;
}

/** Facts of the cluster that decide how many targets jobs of nodes have. */
export interface NodeCounts {
  readonly nodes: number;
  /** Pods that each DaemonSet should have, by its name. */
  readonly daemonSets: ReadonlyMap<string, number>;
}

/** How many targets a job should have, from the configuration and, for jobs of nodes, from the number of nodes. */
export function expectedTargets(
  { name }: Job,
  environment: Environment,
  { nodes, daemonSets }: NodeCounts,
): TargetCount {
  const exactly = (count: number) => ({ least: count, most: count });
  const { prometheus, alertmanager, loki, erp } = environment;
  const perPod = (daemonSet: RegExp) => exactly([...daemonSets].find(([known]) => daemonSet.test(known))?.[1] ?? nodes);
  const known: Readonly<Record<string, TargetCount>> = {
    "erp-api": apiPods(erp.api.scale),
    "erp-worker": exactly(erp.celery.worker.replicas),
    "erp-public-probe": exactly(erp.ingress?.hosts.length ?? 0),
    prometheus: exactly(prometheus.replicas),
    "prometheus-config-reloader": exactly(prometheus.replicas),
    alertmanager: exactly(alertmanager.replicas),
    "alertmanager-config-reloader": exactly(alertmanager.replicas),
    loki: exactly(loki.replicas),
    kubelet: exactly(nodes),
    cadvisor: exactly(nodes),
    "kubelet-probes": exactly(nodes),
    "node-exporter": perPod(/node-exporter$/),
    promtail: perPod(/^promtail$/),
    alloy: perPod(/^alloy$/),
    "loki-canary": perPod(/canary$/),
    ...Object.fromEntries(controlPlane.map((job) => [job, { least: 1, most: Number.POSITIVE_INFINITY }])),
  };
  return known[name] ?? exactly(1);
}

/** Jobs whose number of targets is a property of the cluster. */
const controlPlane = ["apiserver", "coredns", "kube-proxy", "kube-etcd", "kube-scheduler", "kube-controller-manager"];

function apiPods(scale: Environment["erp"]["api"]["scale"]): TargetCount {
  if ("replicas" in scale) return { least: scale.replicas, most: scale.replicas };
  return { least: scale.minReplicas, most: scale.maxReplicas };
}
