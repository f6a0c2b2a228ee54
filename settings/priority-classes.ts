import type { Environment } from "./environment";

/** The groups of our pods: each has one PriorityClass. */
export type PodGroup = "agents" | "monitoring" | "api" | "workers";

/** A PriorityClass that the base stack creates. */
export interface OwnPriorityClass {
  readonly name: string;
  readonly value: number;
  readonly description: string;
}

/** The PriorityClasses that the base stack creates, from the pods that a node evicts last to those that it evicts first. */
export const ownPriorityClasses: Readonly<Record<Exclude<PodGroup, "agents">, OwnPriorityClass>> = {
  monitoring: {
    name: "erp-monitoring",
    value: 1_000_000,
    description: "Prometheus, Alertmanager, Loki, Grafana, exporters: they report what else a node evicts.",
  },
  api: { name: "erp-api", value: 100_000, description: "The API of the ERP, and the servers that it needs." },
  workers: {
    name: "erp-workers",
    value: 10_000,
    description: "Workers of the ERP: their tasks wait in the queue until they run again.",
  },
};

/**
 * The class of pods that the kubelet never evicts under node pressure, and that it admits even then. Kubernetes creates it.
 * https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/
 */
const nodeCritical = "system-node-critical";

/** The name of the PriorityClass that the pods of a group have. */
export function priorityClass({ cluster: { priorityClasses } }: Pick<Environment, "cluster">, group: PodGroup): string {
  return priorityClasses?.[group] ?? (group === "agents" ? nodeCritical : ownPriorityClasses[group].name);
}

/** The PriorityClasses of an environment that do not exist in its cluster yet. */
export function createdPriorityClasses({ cluster: { priorityClasses } }: Environment): readonly OwnPriorityClass[] {
  return (["monitoring", "api", "workers"] as const)
    .filter((group) => priorityClasses?.[group] === undefined)
    .map((group) => ownPriorityClasses[group]);
}
