import type { Environment } from "./environment";
import type { Placement } from "./placement";
import { type PodGroup, priorityClass } from "./priority-classes";

/** The properties that each pod has because of its group. */
export interface PodDefaults {
  readonly priorityClass: string;
  /** Names of Secrets with the credentials of registries. @default the registries need no credentials */
  readonly imagePullSecrets?: readonly string[];
  readonly placement: Placement;
}

/** The PriorityClass, the pull secrets and the placement of the pods of a group. */
export function podDefaults(environment: Pick<Environment, "cluster" | "pods">, group: PodGroup): PodDefaults {
  const { imagePullSecrets, placement = {}, monitoring, agents = {} } = environment.pods ?? {};
  const placements = { agents, monitoring: { ...placement, ...monitoring }, api: placement, workers: placement };
  return { priorityClass: priorityClass(environment, group), imagePullSecrets, placement: placements[group] };
}
