import { matching, open } from "../kit/metrics/label-values";
import { erpDeployments, erpPrograms, namespaces } from "../settings/addresses";

/** The code of a response, where every response has one. */
export const httpStatus = matching("[1-5][0-9][0-9]");

/** Templates of the ERP's paths. */
export const routes = open("the ERP's image decides which paths it serves", [
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

/** Labels by which programs name objects of the cluster. */
export const clusterObjects = {
  namespace: open("the cluster has namespaces of other people too", Object.values(namespaces)),
  pod: open(
    "Kubernetes generates the names of pods",
    [...erpDeployments, "loki"].map((workload) => `${workload}-0`),
  ),
  container: open("the cluster has containers of other people too", [...erpPrograms, ...platformContainers]),
  deployment: open("the cluster has Deployments of other people too", erpDeployments),
  node: open("the cluster names its nodes"),
};
