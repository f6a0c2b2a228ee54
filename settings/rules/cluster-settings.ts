import type { Environment } from "../environment";
import { namedNamespaces, ownNamespaces } from "../own-namespaces";
import type { Rule } from "../rule";
import { namespacesOfTeams } from "../team-members";

/** Rules on features that the cluster must have, and on settings that must not refer to our own namespaces. */
export const clusterSettings: readonly Rule[] = [
  {
    at: "cluster.metricsApi",
    reads: ["erp.api.scale"],
    broken: ({ cluster, erp: { api } }) => cluster.metricsApi === "off" && "minReplicas" in api.scale,
    rule: "must not be `off` while `erp.api.scale` scales by CPU use, which the metrics API provides",
    remedy: "install metrics-server and set `existing`, or set fixed `replicas` in `erp.api.scale`",
  },
  {
    at: "cluster.ingress",
    reads: ["erp.ingress", "grafana"],
    broken: ({ cluster, erp, grafana }) =>
      cluster.ingress === undefined &&
      (erp.ingress !== undefined || (grafana.mode === "on" && grafana.ingress !== undefined)),
    rule: "is required by `erp.ingress` and `grafana.ingress`",
    remedy:
      "set the class and the namespace of the cluster's Ingress controller, or remove `erp.ingress` and `grafana.ingress`",
  },
  {
    at: "cluster.ingress.controllerNamespace",
    reads: ["tracing"],
    broken: (environment) => isOurs(environment.cluster.ingress?.controllerNamespace, environment),
    rule: (environment) =>
      `must not be a namespace that the stacks create (${namedNamespaces(environment)}): no Ingress controller can run there`,
    remedy: "write the namespace of the controller's pods, such as `ingress-nginx`",
  },
  {
    at: "state.namespace",
    reads: ["tracing"],
    broken: (environment) =>
      environment.state.backend === "kubernetes" && isOurs(environment.state.namespace, environment),
    rule: (environment) =>
      `must not be a namespace that the stacks create (${namedNamespaces(environment)}): the state would be deleted with it`,
    remedy: "use an existing namespace, such as `terraform-state`",
  },
  {
    at: "grafana.namespace",
    reads: ["tracing"],
    broken: (environment) =>
      environment.grafana.mode === "existing" && isOurs(environment.grafana.namespace, environment),
    rule: (environment) => `must not be a namespace that the stacks create (${namedNamespaces(environment)})`,
    remedy: "use the namespace of the existing Grafana",
  },
  {
    at: "logAgent.namespaces",
    reads: ["tracing"],
    broken: (environment) => environment.logAgent.namespaces.some((namespace) => isOurs(namespace, environment)),
    rule: (environment) =>
      `must not contain ${namedNamespaces(environment)}, because the logs of these namespaces are always collected`,
    remedy: "remove these namespaces",
  },
  {
    at: "logAgent.namespaces",
    reads: ["teams"],
    broken: (environment) => {
      const ofTeams = namespacesOfTeams(environment);
      return environment.logAgent.namespaces.some((namespace) => ofTeams.includes(namespace));
    },
    rule: "must not contain a namespace of a team, because the logs of these namespaces are always collected",
    remedy: "remove the namespaces that `teams` contains",
  },
];

function isOurs(namespace: string | undefined, environment: Environment): boolean {
  return ownNamespaces(environment).some((one) => one === namespace);
}
