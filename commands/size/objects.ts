import type { Job } from "../../kit/metrics/job";
import type { Environment } from "../../settings/environment";
import type { Scale } from "../../settings/scale";
import { exportersOf } from "../../subjects/listings";
import { expectedTargets } from "../verify/expected-targets";
import type { Unit } from "./coefficients";

/** The numbers of objects in an environment from which its series follow. */
export interface Objects extends Scale {
  /** Pods of the API: the most that autoscaling allows. */
  readonly apiPods: number;
  readonly workers: number;
  readonly queues: number;
}

/** @param scale what the environment states, or the test cluster */
export function objectsOf(environment: Environment, scale: Scale): Objects {
  const { celery, api } = environment.erp;
  return {
    ...scale,
    pods: Math.max(scale.pods, ownPods(environment, scale.nodes)),
    apiPods: mostReplicas(api.scale),
    workers: celery.worker.replicas,
    queues: celery.queues.length,
  };
}

/** The number of pods that run when an environment is deployed and its API is scaled up as far as it may be. */
export function ownPods(environment: Environment, nodes: number): number {
  const { prometheus, alertmanager, grafana, loki, cluster, erp } = environment;
  const onEachNode = [true, cluster.nodeExporter === "install", loki.canary].filter(Boolean).length;
  // Of the platform kube-state-metrics, the blackbox exporter and the operator; of the ERP beat.
  const single = 3 + (cluster.operator === "install" ? 1 : 0);
  const servers = erp.inCluster ? Object.keys(erp.inCluster).length : 0;
  return (
    nodes * onEachNode +
    single +
    prometheus.replicas +
    alertmanager.replicas +
    (grafana.mode === "on" ? grafana.replicas : 0) +
    loki.replicas +
    mostReplicas(erp.api.scale) +
    erp.celery.worker.replicas +
    exportersOf(environment).length +
    servers
  );
}

/** Number of objects of a unit that the series of a job are about. */
export function numberOf(unit: Unit, job: Job, environment: Environment, objects: Objects): number {
  switch (unit) {
    case "target":
      return targetsOf(job, environment, objects);
    case "node":
      return objects.nodes;
    case "pod":
      return objects.pods;
    case "route":
      return objects.routes * objects.apiPods;
    case "queue":
      return objects.queues;
    case "worker":
      return objects.workers;
  }
}

/** Number of targets of a job. Pods of the ERP are counted apart, because a running environment has fewer than it may have. */
function targetsOf(job: Job, environment: Environment, { nodes, apiPods, workers }: Objects): number {
  if (job.name === "erp-api") return apiPods;
  if (job.name === "erp-worker") return workers;
  return expectedTargets(job, environment, { nodes, daemonSets: new Map() }).most;
}

function mostReplicas(scale: Environment["erp"]["api"]["scale"]): number {
  return "replicas" in scale ? scale.replicas : scale.maxReplicas;
}
