import { namespaces } from "../addresses";
import type { Rule } from "../rule";

const ours: readonly string[] = Object.values(namespaces);
const named = ours.map((namespace) => `\`${namespace}\``).join(", ");

/** What the cluster must have for what is asked of it, and what must not lie in our own namespaces. */
export const clusterSettings: readonly Rule[] = [
  {
    at: "cluster.metricsApi",
    reads: ["erp.api.scale"],
    broken: ({ cluster, erp: { api } }) => cluster.metricsApi === "off" && "minReplicas" in api.scale,
    rule: "must not be `off` while `erp.api.scale` follows the use of CPU, which the metrics API tells",
    remedy: "install metrics-server and say `existing`, or give `erp.api.scale` fixed `replicas`",
  },
  {
    at: "cluster.ingress",
    reads: ["erp.ingress", "grafana"],
    broken: ({ cluster, erp, grafana }) =>
      cluster.ingress === undefined &&
      (erp.ingress !== undefined || (grafana.mode === "on" && grafana.ingress !== undefined)),
    rule: "is required by `erp.ingress` and `grafana.ingress`",
    remedy: "name class and controller namespace of the cluster's Ingress controller, or leave those two out",
  },
  {
    at: "state.namespace",
    broken: ({ state }) => state.backend === "kubernetes" && ours.includes(state.namespace),
    rule: `must not be a namespace that the stacks create (${named}): the state would be deleted with it`,
    remedy: "name a namespace that is there already, such as `terraform-state`",
  },
  {
    at: "grafana.namespace",
    broken: ({ grafana }) => grafana.mode === "existing" && ours.includes(grafana.namespace),
    rule: `must not be a namespace that the stacks create (${named})`,
    remedy: "name the namespace of the Grafana that is there already",
  },
  {
    at: "logAgent.namespaces",
    broken: ({ logAgent }) => logAgent.namespaces.some((namespace) => ours.includes(namespace)),
    rule: `must name other namespaces only: logs of ${named} are collected anyway`,
    remedy: "leave those out",
  },
];
