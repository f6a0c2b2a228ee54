import type { Environment } from "../config/environment";
import { kubeStateMetrics } from "../metrics/kube-state-metrics";
import { promql } from "../queries/query";
import { dataSourceUids } from "./data-sources";
import { deployments, firingAlerts } from "./frame/annotations";
import { dashboard, type Model } from "./frame/dashboard";
import { logsLink, otherDashboards } from "./frame/links";
import { logsSource, metricsSource, namespace } from "./frame/variables";
import { containers } from "./infrastructure/containers";
import { health } from "./infrastructure/health";
import { nodes } from "./infrastructure/nodes";
import { own } from "./infrastructure/own";
import { resources } from "./infrastructure/resources";
import { volumes } from "./infrastructure/volumes";
import { workloads } from "./infrastructure/workloads";

/** Whether the cluster carries what we run on it: its containers, volumes and nodes. */
export function infrastructure(environment: Environment): Model {
  const uids = dataSourceUids(environment);
  return dashboard({
    uid: "platform-infrastructure",
    title: "Infrastructure",
    description:
      "Does the cluster carry what we run on it? The first row answers for all our namespaces. Rows about one namespace show the chosen one. Blue marks: a Deployment of that namespace changed. Red: an alert of the platform fires.",
    tags: ["platform"],
    variables: [
      metricsSource(uids.prometheus),
      logsSource(uids.loki),
      namespace(promql`${kubeStateMetrics.podPhase}{${own}}`),
    ],
    annotations: [deployments(".+"), firingAlerts("platform")],
    links: [
      otherDashboards("Platform", "platform"),
      otherDashboards("ERP", "erp"),
      logsLink("Logs of the namespace", '{namespace="${namespace}"}'),
    ],
    rows: {
      "Is it healthy?": health(environment),
      "What is asked for, and what is used": resources(),
      "Pods of all our namespaces": workloads(environment),
      "Containers of all our namespaces": containers(environment),
      Volumes: volumes(environment),
      Nodes: nodes(environment),
    },
  });
}
