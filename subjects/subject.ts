import type { Alert } from "../kit/alerts/alert";
import type { LogAlert } from "../kit/alerts/log-alert";
import type { SentryAlert } from "../kit/alerts/sentry-alert";
import type { AlertEntry } from "../kit/alerts/switched-off";
import type { DashboardForm } from "../kit/dashboards/dashboard";
import type { List } from "../kit/lists";
import type { MetricSet } from "../kit/metrics/catalogue";
import type { Job } from "../kit/metrics/job";
import type { Recording } from "../kit/metrics/recording";
import type { Catalogued, DashboardInventory, Inventory } from "../metrics/inventory";
import type { Environment } from "../settings/environment";
import type { Resources, SecretRef } from "../settings/fields";
import type { WorkloadPod } from "../settings/pod";
import type { SentryProject } from "../settings/sentry-project";

/**
 * Descriptor of one subject: a server, a part of the ERP, of the cluster, or of the monitoring. Stacks, commands,
 * checks and tests derive their lists from the descriptors in `subjects.ts`.
 */
export interface Subject {
  /** Name of the subject, and of its folders: `alerts/redis`, `dashboards/redis`, `metrics/redis`. */
  readonly name: string;
  /** The condition for environments to have the subject. @default every environment has it */
  readonly when?: Condition;
  /** Causes that its alerts report, to which other alerts refer in `causedBy`. @default none */
  readonly causes?: readonly string[];
  /** The jobs that scrape the subject. @default none */
  readonly jobs?: (environment: Environment) => List<Job>;
  /** Metrics that queries may use. @default none */
  readonly metrics?: (inventory: Inventory) => List<MetricSet>;
  /** Recording rules, each after those that it reads. @default none */
  readonly recordings?: (inventory: Inventory) => List<Recording>;
  /** The alerts that query metrics of the subject. @default none */
  readonly alerts?: (catalogued: Catalogued) => readonly AlertEntry<Alert>[];
  /** The alerts that query logs of the subject. @default none */
  readonly logAlerts?: () => readonly AlertEntry<LogAlert>[];
  /** The alerts that Sentry evaluates in the project of the environment. @default none */
  readonly sentryAlerts?: (project: SentryProject) => readonly SentryAlert[];
  /** The dashboards that show the subject. @default none */
  readonly dashboards?: (inventory: DashboardInventory) => List<DashboardForm>;
  /** Exporter that this project deploys for it. @default none */
  readonly exporter?: (environment: Environment) => ExporterForm;
  /** Environment variables of all containers of the ERP that the ERP needs to use the subject. @default none */
  readonly erpVariables?: (environment: Environment) => Variables;
  /** The name that the server has in messages about its Secrets, such as `PostgreSQL`. @default the name of the subject */
  readonly server?: string;
  /** Captured output of its programs. @default none */
  readonly evidence?: readonly EvidenceForm[];
  /**
   * Series that exist only after an event, by metric or by complete selector, with the event. Completes the sentence
   * "shown after …".
   * @default none
   */
  readonly eventSeries?: Readonly<Record<string, string>>;
}

/** A condition on the settings of an environment. */
export interface Condition {
  readonly holds: (environment: Environment) => boolean;
  /** Setting that is the reason if the condition does not hold. Completes "switched off because …". */
  readonly otherwise: string;
}

/** Environment variables: text, or a key of a Secret. A variable that is `undefined` is not set. */
export type Variables = Readonly<Record<string, string | SecretRef | undefined>>;

/** An exporter as data: a Deployment with a Service and a ServiceMonitor. */
export interface ExporterForm {
  /** Scrape job; its name is also the name of the Deployment and the Service. */
  readonly job: Job;
  /** Pinned image, before mirrors apply. */
  readonly image: string;
  readonly args: readonly string[];
  readonly env: Variables;
  readonly port: number;
  /** Path that answers 200 while the process runs, whatever the state of the server. @default "/" */
  readonly healthPath?: string;
  /** Resources of the container. @default `erp.exporterResources` of the environment */
  readonly resources?: Resources;
  /** Settings of the exporter's pod. @default those of `pods` only */
  readonly pod?: WorkloadPod;
}

/** A capture in `metrics/evidence/<source>.prom`, with which the catalogue is compared. */
export interface EvidenceForm {
  /** Scrape job, or HTTP profile, whose metrics are captured. */
  readonly source: string;
  /** Version of the program that the environment deploys, without a leading `v`. */
  readonly version: (environment: Environment) => string;
  /** The program in the cluster. @default `npm run evidence` runs the program on this machine */
  readonly inCluster?: ClusterEvidence;
}

/** A program in the cluster, scraped through the API server. */
export interface ClusterEvidence {
  /** Pods of the program; one of them is scraped. @default the kubelet of a node */
  readonly pods?: { readonly namespace: string; readonly app: string; readonly port: number };
  /** Path and query of the scrape. @default "/metrics" */
  readonly path?: string;
  /**
   * Environment of the capture that makes the metrics appear. `{metric:label}` is replaced by the value of that label
   * in the scrape: `Redis {redis_instance_info:redis_version}`.
   */
  readonly behind: string;
}
