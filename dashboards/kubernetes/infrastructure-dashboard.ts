import { firingAlerts } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { logsLink, otherDashboards } from "../../kit/dashboards/links";
import { logsSource, metricsSource, namespace } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import { loki } from "../../logs/loki-store";
import type { DashboardInventory } from "../../metrics/inventory";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import { dataSourceUids } from "../grafana/data-sources";
import { nodeMeasures, nodes } from "../nodes/node-panels";
import { health } from "./infrastructure-health";
import { deploymentsOf } from "./kubernetes-queries";
import { resources } from "./namespace-resources";
import { volumes } from "./volumes";
import { containers, workloadMeasures, workloads } from "./workloads";

/** Whether our pods run, and whether containers, volumes and nodes have enough resources. */
export function infrastructureDashboard(inventory: DashboardInventory): DashboardForm {
  const { environment, inOurNamespaces, alertsOf } = inventory;
  const uids = dataSourceUids(environment);
  return {
    uid: "platform-infrastructure",
    folder: "Platform",
    title: "Infrastructure",
    description:
      "Do our pods run, and do they have enough memory, CPU and disk space? Start with the first row, which covers all our namespaces. Rows about one namespace show the chosen one. Blue marks: a Deployment of that namespace changed. Red: an alert of the platform begins to fire.",
    tags: ["platform"],
    variables: [
      metricsSource(uids.prometheus),
      logsSource(uids.loki),
      namespace(promql`${kubeStateMetrics.podPhase}{${inOurNamespaces}}`),
    ],
    annotations: [deploymentsOf(".+"), firingAlerts(alertsOf.platform)],
    links: [
      otherDashboards("Platform", "platform"),
      otherDashboards("ERP", "erp"),
      logsLink("Namespace logs", loki.lines({ namespaces: ["${namespace}"] })),
    ],
    rows: {
      Health: health(inventory),
      "Pods in all our namespaces": workloads(inventory),
      "Containers in all our namespaces": containers(inventory),
      "Requested and used resources": resources(inventory),
      Volumes: volumes(inventory),
      Nodes: nodes(environment),
    },
    collapsedRows: {
      "Other alert measures": [...workloadMeasures(inventory), ...nodeMeasures(environment)],
    },
  };
}
