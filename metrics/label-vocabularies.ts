import { matching, open } from "../kit/metrics/label-values";
import { erpDeployments, erpPrograms, namespaces } from "../settings/addresses";

/** Status codes of responses, for metrics in which every response has one. */
export const httpStatus = matching("[1-5][0-9][0-9]");

/** Route templates of the ERP. */
export const routes = open("the ERP's image defines its routes", [
  "/api/v1/invoices",
  "/healthz/live",
  "/healthz/ready",
  "/metrics",
]);

/** Main containers of the monitoring system. */
const platformContainers = [
  "alertmanager",
  "alloy",
  "blackbox-exporter",
  "canary",
  "grafana",
  "kube-state-metrics",
  "loki",
  "node-exporter",
  "prometheus",
  "promtail",
];

/** Labels with the names of objects in the cluster. */
export const clusterObjects = {
  namespace: open("the cluster may have other namespaces", Object.values(namespaces)),
  pod: open(
    "Kubernetes generates the names of pods",
    [...erpDeployments, "loki"].map((workload) => `${workload}-0`),
  ),
  container: open("the cluster may have other containers", [...erpPrograms, ...platformContainers]),
  deployment: open("the cluster may have other Deployments", erpDeployments),
  node: open("the cluster names its nodes"),
};
