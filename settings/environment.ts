import { z } from "zod";
import { alertOverrides } from "./alert-overrides";
import { alertmanager } from "./alertmanager";
import { cluster } from "./cluster";
import { erp } from "./erp";
import { message, name, resources, text } from "./fields";
import { grafana } from "./grafana";
import { imageRegistry } from "./images";
import { logAgent, loki } from "./logs";
import { pods } from "./pods";
import { prometheus } from "./prometheus";
import { scale } from "./scale";
import { state } from "./state";
import type { WithTeamFiles } from "./team-files";
import { teams } from "./teams";
import { tracing } from "./tracing";
import { baseUrl } from "./urls";

/** Copies of charts and images for closed networks. */
const mirrors = z.strictObject({
  /**
   * Source of charts: a repository (`https://…`, `oci://…`), or a folder of `<chart>-<version>.tgz`, relative to the
   * project.
   * @default the charts' own repositories
   */
  charts: text(
    /^((https?|oci):\/\/[^\s/]+(\/\S*)?|(?!.*:\/\/)[^\s~]\S*)$/,
    "must be a repository (https:// or oci://) or a folder",
    "write it such as `oci://registry.example.com/charts`, or `vendor/charts` for a folder of the project",
  ).optional(),
  /**
   * The registry, with or without a path, that replaces the registry of every image.
   * @default the images' own registries
   */
  images: imageRegistry.optional(),
});

/** One environment: everything that may differ between clusters, in one object. */
export const environment = z.strictObject({
  /**
   * Name of the environment, of its file, and part of the names of its stacks: `<name>-base`, `<name>-monitoring`,
   * `<name>-erp`, and `sentry-<name>` if it has a project in Sentry.
   */
  name,
  /**
   * Requirements on the environment: only `local` may lose its data, `staging` must not page, and `production` must
   * have a pager.
   */
  tier: z.enum(["local", "staging", "production"]),
  cluster,
  state,
  mirrors,
  /** Placement and pull secrets of all pods. @default any node; the registries need no credentials */
  pods: pods.optional(),
  /** Metrics of the cluster exporters: `curated` keeps only those that a rule or a panel uses, `full` keeps all. */
  clusterMonitoring: z.enum(["curated", "full"]),
  /**
   * The size of the cluster and its load. It changes nothing that is deployed. `npm run size` computes memory and disk from
   * it, and synth prints a notice if a volume, a retention or a memory request is too small for it.
   * @default unknown: synth prints no notice about sizes
   */
  scale: scale.optional(),
  /** Whether the rules and dashboards that are part of kube-prometheus-stack are installed. */
  chartContent: z.enum(["on", "off"]),
  /** URL of the runbooks' folder. The runbook of an alert is `<base>/<alert>.md`. */
  runbookBaseUrl: baseUrl.refine(
    (base) => !base.endsWith("/"),
    message("must not end with a slash: one is added before the name of the page", "remove the slash"),
  ),
  prometheus,
  alertmanager,
  /** Teams with receivers of their own, by name. @default every alert notifies `alertmanager.receivers` */
  teams: teams.optional(),
  /**
   * Alerts that the environment changes or switches off, by the name or the title in `rendered/<name>/alerts.md`.
   * @default every alert is as the product declares it
   */
  alerts: alertOverrides.optional(),
  grafana,
  loki,
  logAgent,
  /**
   * Traces of the ERP, and the store that keeps them.
   * @default { store: "off" }
   */
  tracing: tracing.optional(),
  erp,
  /** Resources of the smaller components. */
  resources: z.strictObject({
    operator: resources,
    /** The reloader in each pod of Prometheus and Alertmanager. */
    configReloader: resources,
    kubeStateMetrics: resources,
    /** The node exporter on each node. */
    nodeExporter: resources,
    blackboxExporter: resources,
    /** The Loki canary on each node, if `loki.canary` is true. */
    canary: resources,
    /** The sidecar that loads dashboards, in each pod of Grafana. */
    dashboardSidecar: resources,
  }),
});

export type Environment = z.infer<typeof environment> & WithTeamFiles;
