import { z } from "zod";
import { alertmanager } from "./alertmanager";
import { cluster } from "./cluster";
import { erp } from "./erp";
import { httpUrl, name, resources } from "./fields";
import { grafana } from "./grafana";
import { logAgent, loki } from "./logs";
import { prometheus } from "./prometheus";
import { state } from "./state";

/** One environment: everything that may differ between clusters, in one literal. */
export const environment = z.strictObject({
  /** Prefix of its stacks: `<name>-base`, `<name>-monitoring`, `<name>-erp`. */
  name,
  /** What is demanded of it: only `local` may lose its data, and `production` must be able to page. */
  tier: z.enum(["local", "staging", "production"]),
  cluster,
  state,
  /** Copies of charts and images for closed networks. @default the public ones */
  mirrors: z.strictObject({
    /** Repository (`https://…`, `oci://…`), or a folder of `<chart>-<version>.tgz`, relative to the project. */
    charts: z.string().min(1).optional(),
    /** Registry, with or without a path, put before every image's repository. */
    images: z.string().min(1).optional(),
  }),
  /** `curated` keeps of each cluster exporter only what a rule or panel uses. */
  clusterMonitoring: z.enum(["curated", "full"]),
  /** The rules and dashboards that kube-prometheus-stack brings itself. */
  chartContent: z.enum(["on", "off"]),
  /** Runbook pages are `<base>/<alert>.md`. */
  runbookBaseUrl: httpUrl,
  prometheus,
  alertmanager,
  grafana,
  loki,
  logAgent,
  erp,
  /** Of the smaller parts. */
  resources: z.strictObject({
    operator: resources,
    configReloader: resources,
    kubeStateMetrics: resources,
    nodeExporter: resources,
    blackboxExporter: resources,
    canary: resources,
    dashboardSidecar: resources,
  }),
});

export type Environment = z.infer<typeof environment>;
