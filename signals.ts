import { alertmanagerConfig } from "./alerts/notifications/alertmanager-config";
import { rules } from "./alerts/rules";
import type { Environment } from "./config/environment";
import type { Fault } from "./faults";
import { pipelineStages } from "./logs/pipeline";
import { catalogue, keepList } from "./metrics/catalogue";
import { clusterJobs } from "./metrics/cluster-jobs";
import type { Job } from "./metrics/jobs";

/** A dashboard and the folder it is filed in. */
export interface FiledDashboard {
  readonly folder: string;
  readonly model: { readonly uid: string; readonly title: string };
}

/** Rules and dashboards that are deployed together. */
export interface Content {
  readonly rules: readonly { readonly name: string; readonly groups: readonly object[] }[];
  readonly dashboards: readonly FiledDashboard[];
}

/** What one environment measures, shows and alerts on, as values; and what is wrong with it. */
export interface Signals {
  /** About the cluster and the monitoring itself. */
  readonly platform: Content;
  readonly erp: Content;
  readonly alertmanagerConfig: object;
  readonly dataSources: readonly object[];
  readonly logPipeline: readonly object[];
  /** What is kept of each cluster exporter, by job; a job that is absent is not scraped. */
  readonly clusterJobs: Readonly<Record<string, "all" | readonly string[]>>;
  /** What is kept of another part's metrics. */
  readonly keep: (job: Job) => "all" | readonly string[];
  readonly faults: readonly Fault[];
}

export function signals(environment: Environment): Signals {
  const known = catalogue(environment);
  const { erp, faults } = rules(environment);
  return {
    platform: { rules: [], dashboards: [] },
    erp: { rules: [{ name: "erp", groups: erp }], dashboards: [] },
    alertmanagerConfig: alertmanagerConfig(environment),
    dataSources: [],
    logPipeline: pipelineStages,
    clusterJobs: clusterJobs(environment, known),
    keep: (job) => (environment.clusterMonitoring === "full" ? "all" : keepList(known, job)),
    faults,
  };
}
