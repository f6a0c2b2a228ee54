import { z } from "zod";
import { alertmanager } from "./alertmanager";
import { cluster } from "./cluster";
import { erp } from "./erp";
import { httpUrl, message, name, resources, text } from "./fields";
import { grafana } from "./grafana";
import { logAgent, loki } from "./logs";
import { prometheus } from "./prometheus";
import { state } from "./state";

/** Copies of charts and images for closed networks. */
const mirrors = z.strictObject({
  /**
   * The repository (`https://…`, `oci://…`) that charts come from, or a folder of `<chart>-<version>.tgz`, relative to
   * the project.
   * @default the charts' own repositories
   */
  charts: text(
    /^((https?|oci):\/\/[^\s/]+(\/\S*)?|(?!.*:\/\/)[^\s~]\S*)$/,
    "must be a repository (https:// or oci://) or a folder",
    "write it such as `oci://registry.example.com/charts`, or `vendor/charts` for a folder of the project",
  ).optional(),
  /**
   * The registry, with or without a path, that is put before every image's repository.
   * @default the images' own registries
   */
  images: text(
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d+)?(\/[a-z0-9]([-a-z0-9._]*[a-z0-9])?)*$/,
    "must be a registry, without a scheme and without a slash at its end",
    "write it such as `registry.example.com:5000/mirror`",
  ).optional(),
});

/** One environment: everything that may differ between clusters, in one literal. */
export const environment = z.strictObject({
  /** Of its file, and prefix of its stacks: `<name>-base`, `<name>-monitoring`, `<name>-erp`. */
  name,
  /** What is demanded of it: only `local` may lose its data, `staging` never pages, `production` must be able to. */
  tier: z.enum(["local", "staging", "production"]),
  cluster,
  state,
  mirrors,
  /** `curated` keeps of each cluster exporter only what a rule or panel uses. */
  clusterMonitoring: z.enum(["curated", "full"]),
  /** The rules and dashboards that kube-prometheus-stack brings itself. */
  chartContent: z.enum(["on", "off"]),
  /** Runbook pages are `<base>/<alert>.md`. */
  runbookBaseUrl: httpUrl.refine(
    (base) => !base.endsWith("/"),
    message("must not end with a slash, which is put between it and the page", "leave the slash out"),
  ),
  prometheus,
  alertmanager,
  grafana,
  loki,
  logAgent,
  erp,
  /** Of the smaller parts. */
  resources: z.strictObject({
    operator: resources,
    /** Beside each Prometheus and Alertmanager. */
    configReloader: resources,
    kubeStateMetrics: resources,
    /** On each node. */
    nodeExporter: resources,
    blackboxExporter: resources,
    /** On each node, where `loki.canary` is on. */
    canary: resources,
    /** Beside each Grafana. */
    dashboardSidecar: resources,
  }),
});

export type Environment = z.infer<typeof environment>;
