import { condition, type WorkloadObject } from "./objects";

/** How far a workload's newest version has come. */
export interface Progress {
  readonly done: boolean;
  /** `1 of 2 updated, 1 available`. */
  readonly text: string;
  /** The reason for which Kubernetes itself has given up, in its words. @default Kubernetes has not given up */
  readonly givenUp?: string;
}

export function progress(workload: WorkloadObject): Progress {
  const { metadata, status } = workload;
  const seen = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  if (!seen && workload.kind !== "Job") return { done: false, text: "not begun" };
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
    // With OnDelete somebody else decides when a pod takes the new version.
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
      text: succeeded > 0 ? "done" : failed > 0 ? `tried ${failed} times, in vain so far` : "running",
      ...(failure?.status === "True" && { givenUp: `${failure.reason}: ${failure.message}` }),
    };
  },
};

function countText(wanted: number, updated: number, available: number): string {
  return `${updated} of ${wanted} updated, ${available} available`;
}
