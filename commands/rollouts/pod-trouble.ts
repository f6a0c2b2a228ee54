import { type ContainerStatus, condition, type Pod } from "./objects";

/** Why a pod will not come up by itself. */
export interface Trouble {
  /** In Kubernetes' words: `ImagePullBackOff`. */
  readonly reason: string;
  readonly message: string;
  /** The name of the container whose log may explain the trouble. @default nothing ran that could have written a log */
  readonly container?: string;
  /** How long it must last before it counts, in seconds: some of it heals. */
  readonly patience: number;
}

/** The first trouble of a pod, if it has any. */
export function trouble({ status, metadata }: Pod): Trouble | undefined {
  if (metadata.deletionTimestamp) return undefined;
  const scheduled = condition(status.conditions, "PodScheduled");
  if (scheduled?.status === "False" && scheduled.reason === "Unschedulable") {
    // A volume is being made, or an autoscaler adds a node.
    return { reason: "Unschedulable", message: scheduled.message ?? "", patience: 120 };
  }
  if (status.phase === "Failed") return failedContainer(status.containerStatuses);
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return containers.map(containerTrouble).find((found) => found !== undefined);
}

/** A try of a Job: the Job itself says when it has tried enough. */
function failedContainer(containers: readonly ContainerStatus[] = []): Trouble | undefined {
  const ended = containers.find(({ state }) => state?.terminated && state.terminated.exitCode !== 0);
  if (ended === undefined) return undefined;
  const message = `container ${ended.name} ended with exit code ${ended.state?.terminated?.exitCode}`;
  return { reason: "Failed", message, container: ended.name, patience: Number.POSITIVE_INFINITY };
}

/** Seconds that each may last. A registry or a Secret that is only just being written answers within them. */
const hopeless: Readonly<Record<string, number>> = {
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
    // One that starts before what it needs may crash once or twice.
    if (restartCount < 3) return undefined;
    const { exitCode, reason: end } = lastState?.terminated ?? {};
    const last = exitCode === undefined ? "" : `, last with exit code ${exitCode} (${end})`;
    return { reason, message: `container ${name} ended ${restartCount} times${last}`, container: name, patience: 0 };
  }
  const patience = hopeless[reason];
  return patience === undefined ? undefined : { reason, message: `container ${name}: ${message}`, patience };
}
