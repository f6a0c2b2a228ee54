import { condition, type WorkloadObject } from "./objects";

/** Progress of the rollout of a workload's newest version. */
export interface Progress {
  readonly done: boolean;
  /** The progress in words, such as `1 of 2 updated, 1 available`. */
  readonly text: string;
  /** Kubernetes' own message, if it has given up. @default Kubernetes has not given up */
  readonly givenUp?: string;
}

export function progress(workload: WorkloadObject): Progress {
  const { metadata, status } = workload;
  const seen = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  if (!seen && workload.kind !== "Job") return { done: false, text: "not started" };
  return kinds[workload.kind]?.(workload) ?? { done: true, text: "" };
}

const kinds: Readonly<Record<string, (workload: WorkloadObject) => Progress>> = {
  Deployment({ spec, status }) {
    const { replicas: wanted = 1 } = spec;
    const { replicas = 0, updatedReplicas = 0, availableReplicas = 0, conditions } = status;
    const old = replicas - updatedReplicas;
    const progressing = condition(conditions, "Progressing");
    return {
      done: updatedReplicas >= wanted && old === 0 && availableReplicas >= wanted,
      text: countText(wanted, updatedReplicas, availableReplicas) + (old > 0 ? `, ${old} of the old version` : ""),
      ...(progressing?.status === "False" && { givenUp: `${progressing.reason}: ${progressing.message}` }),
    };
  },
  StatefulSet({ spec, status }) {
    const { replicas: wanted = 1, updateStrategy } = spec;
    const { updatedReplicas = 0, readyReplicas = 0 } = status;
    // With OnDelete, a pod gets the new version only after somebody deletes it.
    const updated = updateStrategy?.type === "OnDelete" ? wanted : updatedReplicas;
    return { done: updated >= wanted && readyReplicas >= wanted, text: countText(wanted, updated, readyReplicas) };
  },
  DaemonSet({ status }) {
    const { desiredNumberScheduled: wanted = 0, updatedNumberScheduled = 0, numberAvailable = 0 } = status;
    return {
      done: updatedNumberScheduled >= wanted && numberAvailable >= wanted,
      text: countText(wanted, updatedNumberScheduled, numberAvailable),
    };
  },
  Job({ spec, status }) {
    const failure = condition(status.conditions, "Failed");
    const { succeeded = 0, failed = 0 } = status;
    return {
      done: spec.suspend === true || condition(status.conditions, "Complete")?.status === "True",
      text: succeeded > 0 ? "done" : failed > 0 ? `failed ${failed} times so far` : "running",
      ...(failure?.status === "True" && { givenUp: `${failure.reason}: ${failure.message}` }),
    };
  },
};

function countText(wanted: number, updated: number, available: number): string {
  return `${updated} of ${wanted} updated, ${available} available`;
}
