import type { Kubectl } from "../cluster/kubectl";
import type { Permission } from "./permissions";

/** Kinds of objects that checks compare by name or content, with their plural and API group. */
const kinds = {
  ConfigMap: ["configmaps", ""],
  CronJob: ["cronjobs", "batch"],
  DaemonSet: ["daemonsets", "apps"],
  Deployment: ["deployments", "apps"],
  HorizontalPodAutoscaler: ["horizontalpodautoscalers", "autoscaling"],
  Ingress: ["ingresses", "networking.k8s.io"],
  Job: ["jobs", "batch"],
  NetworkPolicy: ["networkpolicies", "networking.k8s.io"],
  PersistentVolumeClaim: ["persistentvolumeclaims", ""],
  PodDisruptionBudget: ["poddisruptionbudgets", "policy"],
  PodMonitor: ["podmonitors", "monitoring.coreos.com"],
  Probe: ["probes", "monitoring.coreos.com"],
  PrometheusRule: ["prometheusrules", "monitoring.coreos.com"],
  ResourceQuota: ["resourcequotas", ""],
  Service: ["services", ""],
  ServiceAccount: ["serviceaccounts", ""],
  ServiceMonitor: ["servicemonitors", "monitoring.coreos.com"],
} as const;

export type InventoryKind = keyof typeof kinds;

/** An object in the cluster. The fields other than its name depend on its kind. */
export interface ExistingObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

export function isInventoryKind(kind: string): kind is InventoryKind {
  return kind in kinds;
}

/** The plural of a kind, by which the API lists its objects. */
export function pluralOf(kind: InventoryKind): string {
  return kinds[kind][0];
}

/** All objects of these kinds in a namespace. One process of kubectl lists all kinds, because each takes as long as a request. */
export function inventory(kubectl: Kubectl, namespace: string): Promise<readonly ExistingObject[]> {
  const resources = Object.values(kinds).map(([plural, group]) => (group === "" ? plural : `${plural}.${group}`));
  return kubectl.list<ExistingObject>(resources.join(","), "--namespace", namespace);
}

/** To list the objects of these kinds in the namespaces. */
export function listsInventory(namespaces: readonly string[]): readonly Permission[] {
  return Object.values(kinds).map(([resource, group]) => ({
    namespaces,
    group,
    resources: [resource],
    verbs: ["list"],
  }));
}
