import { type ContainerStatus, condition, type Pod } from "./objects";

/** The reason why a pod will not start by itself. */
export interface Trouble {
  /** Kubernetes' reason, such as `ImagePullBackOff`. */
  readonly reason: string;
  readonly message: string;
  /** The name of the container whose log may explain the trouble. @default no container ran, so there is no log */
  readonly container?: string;
  /** Seconds that the trouble must last before it counts, because some kinds end by themselves. */
  readonly patience: number;
}

/** The first trouble of a pod, if it has any. */
export function trouble({ status, metadata }: Pod): Trouble | undefined {
  if (metadata.deletionTimestamp) return undefined;
  const scheduled = condition(status.conditions, "PodScheduled");
  if (scheduled?.status === "False" && scheduled.reason === "Unschedulable") {
    // A volume may still be provisioned, or an autoscaler may add a node.
    return { reason: "Unschedulable", message: scheduled.message ?? "", patience: 120 };
  }
  if (status.phase === "Failed") return failedContainer(status.containerStatuses);
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return containers.map(containerTrouble).find((found) => found !== undefined);
}

/**
 * The failed pod of a Job. It never counts by itself, because the status of the Job shows when its retries are used up.
 */
function failedContainer(containers: readonly ContainerStatus[] = []): Trouble | undefined {
  const ended = containers.find(({ state }) => state?.terminated && state.terminated.exitCode !== 0);
  if (ended === undefined) return undefined;
  const message = `container ${ended.name} ended with exit code ${ended.state?.terminated?.exitCode}`;
  return { reason: "Failed", message, container: ended.name, patience: Number.POSITIVE_INFINITY };
}

/** Seconds that each reason may last. A slow registry, or a Secret that is being created, needs less. */
const patienceByReason: Readonly<Record<string, number>> = {
  ImagePullBackOff: 15,
  ErrImagePull: 45,
  InvalidImageName: 0,
  ErrImageNeverPull: 15,
  CreateContainerConfigError: 20,
  CreateContainerError: 20,
  RunContainerError: 20,
};

function containerTrouble({ name, state, lastState, restartCount }: ContainerStatus): Trouble | undefined {
  const { reason = "", message = "" } = state?.waiting ?? {};
  if (reason === "CrashLoopBackOff") {
    // A container that starts before its dependencies may crash once or twice.
    if (restartCount < 3) return undefined;
    const { exitCode, reason: end } = lastState?.terminated ?? {};
    const last = exitCode === undefined ? "" : `, last with exit code ${exitCode} (${end})`;
    return { reason, message: `container ${name} ended ${restartCount} times${last}`, container: name, patience: 0 };
  }
  const patience = patienceByReason[reason];
  return patience === undefined ? undefined : { reason, message: `container ${name}: ${message}`, patience };
}
