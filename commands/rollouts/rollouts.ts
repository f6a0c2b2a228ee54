import type { Pod, ReplicaSet, WorkloadObject } from "./objects";
import { type Trouble, trouble } from "./pod-trouble";
import { type Progress, progress } from "./workload-progress";

/** An object in our namespaces, as the API lists it. */
export type Listed = WorkloadObject | ReplicaSet | Pod;

/** The progress of a workload, with those of its newest pods that are in trouble. */
export interface Rollout {
  readonly namespace: string;
  /** Kind and name, such as `Deployment/erp-api`. */
  readonly name: string;
  readonly progress: Progress;
  readonly troubled: readonly { readonly pod: string; readonly trouble: Trouble }[];
  /** Number of ready pods of older versions. */
  readonly older: number;
}

const workloadKinds = ["Deployment", "StatefulSet", "DaemonSet", "Job"];

export function rollouts(listed: readonly Listed[]): Rollout[] {
  const workloads = listed.filter(isWorkload).filter(({ metadata }) => !ownedBy("CronJob", metadata));
  return workloads.map((workload) => {
    const { namespace, name } = workload.metadata;
    const pods = listed.filter(isPod).filter(({ metadata }) => metadata.namespace === namespace);
    const ownPods = pods.filter((pod) => belongsTo(pod, workload, listed));
    const newest = ownPods.filter((pod) => isNewest(pod, workload, listed));
    return {
      namespace,
      name: `${workload.kind}/${name}`,
      progress: progress(workload),
      // A StatefulSet replaces no pod while another is not ready, so an old one in trouble stops it as well.
      troubled: (workload.kind === "StatefulSet" ? ownPods : newest).flatMap((pod) => {
        const found = trouble(pod);
        return found ? [{ pod: pod.metadata.name, trouble: found }] : [];
      }),
      older: ownPods.filter((pod) => !newest.includes(pod) && isReady(pod)).length,
    };
  });
}

function isWorkload(object: Listed): object is WorkloadObject {
  return workloadKinds.includes(object.kind);
}

function isPod(object: Listed): object is Pod {
  return object.kind === "Pod";
}

function isReady({ status }: Pod): boolean {
  return status.conditions?.some(({ type, status: value }) => type === "Ready" && value === "True") ?? false;
}

function ownedBy(kind: string, { ownerReferences = [] }: Pod["metadata"], name?: string): boolean {
  return ownerReferences.some((owner) => owner.kind === kind && (name === undefined || owner.name === name));
}

/** Whether a pod belongs to a workload. A Deployment owns its pods through ReplicaSets, other workloads directly. */
function belongsTo({ metadata }: Pod, workload: WorkloadObject, listed: readonly Listed[]): boolean {
  if (workload.kind !== "Deployment") return ownedBy(workload.kind, metadata, workload.metadata.name);
  return replicaSets(workload, listed).some(({ metadata: { name } }) => ownedBy("ReplicaSet", metadata, name));
}

function isNewest({ metadata }: Pod, workload: WorkloadObject, listed: readonly Listed[]): boolean {
  if (workload.kind === "StatefulSet") {
    return metadata.labels?.["controller-revision-hash"] === workload.status.updateRevision;
  }
  if (workload.kind !== "Deployment") return true;
  const revision = workload.metadata.annotations?.[revisionAnnotation];
  return replicaSets(workload, listed)
    .filter((set) => set.metadata.annotations?.[revisionAnnotation] === revision)
    .some(({ metadata: { name } }) => ownedBy("ReplicaSet", metadata, name));
}

const revisionAnnotation = "deployment.kubernetes.io/revision";

function replicaSets({ metadata }: WorkloadObject, listed: readonly Listed[]): ReplicaSet[] {
  return listed.filter(
    (object): object is ReplicaSet =>
      object.kind === "ReplicaSet" &&
      object.metadata.namespace === metadata.namespace &&
      ownedBy("Deployment", object.metadata, metadata.name),
  );
}
