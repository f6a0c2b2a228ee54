import { alertmanagerConfig } from "./alerts/alertmanager/alertmanager-config";
import { messages } from "./alerts/alertmanager/notification-messages";
import { addresses, namespaces, url } from "./config/addresses";
import type { Environment } from "./config/environment";
import { dataSources } from "./dashboards/grafana/data-sources";
import type { Fault } from "./faults";
import { dashboardsLinked, type RuleGroup } from "./kit/alerts/rule-group";
import { rules } from "./kit/alerts/rules";
import { dashboards, type FiledDashboard } from "./kit/dashboards/dashboards";
import { unusedMetrics } from "./kit/metrics/unused-metrics";
import { checkNotifications } from "./kit/notifications/check-notifications";
import { pipeline } from "./logs/pipeline";
import type { Stage } from "./logs/stages";
import { type Relabeling, targets } from "./logs/targets";
import { catalogue, keepList } from "./metrics/catalogue";
import { clusterJobs } from "./metrics/cluster-jobs";
import { thresholdFaults } from "./metrics/erp-slos/latency-threshold";
import type { Job } from "./metrics/jobs";

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
  /** Templates that its receivers name. */
  readonly alertMessages: string;
  readonly dataSources: readonly object[];
  /** Which files are read, what happens to their lines, and what Loki alerts on. */
  readonly logs: {
    readonly targets: readonly Relabeling[];
    readonly pipeline: readonly Stage[];
    readonly rules: readonly RuleGroup[];
  };
  /** What is kept of each cluster exporter, by job; a job that is absent is not scraped. */
  readonly clusterJobs: Readonly<Record<string, "all" | readonly string[]>>;
  /** What is kept of another part's metrics. */
  readonly keep: (job: Job) => "all" | readonly string[];
  readonly faults: readonly Fault[];
}

export function signals(environment: Environment): Signals {
  const known = catalogue(environment);
  const { platform, erp, logs, alerts, logAlerts, faults } = rules(environment, known);
  const all = [...alerts, ...logAlerts];
  const notifications = alertmanagerConfig(environment, all);
  const shown = dashboards(environment, known, all);
  const linked = (groups: readonly RuleGroup[]) => dashboardsLinked(groups, shown.alertUrls);
  const evaluated = [...platform, ...erp].flatMap((group) => group.rules.map(({ expr }) => expr));
  return {
    platform: { rules: [{ name: "platform", groups: linked(platform) }], dashboards: shown.platform },
    erp: { rules: [{ name: "erp", groups: linked(erp) }], dashboards: shown.erp },
    alertmanagerConfig: notifications,
    alertMessages: messages,
    dataSources: dataSources(environment, reachedByGrafana),
    logs: {
      targets: targets([...Object.values(namespaces), ...environment.logAgent.namespaces]),
      pipeline,
      rules: linked(logs),
    },
    clusterJobs: clusterJobs(environment, known),
    keep: (job) => (environment.clusterMonitoring === "full" ? "all" : keepList(known, job)),
    faults: [
      ...faults,
      ...checkNotifications(notifications, environment, all),
      ...shown.faults,
      ...unusedMetrics(known, [...evaluated, ...shown.queries]),
      ...thresholdFaults(environment, known.http),
    ],
  };
}

const reachedByGrafana = {
  prometheus: url(addresses.prometheus),
  loki: url(addresses.loki),
  alertmanager: url(addresses.alertmanager),
  erpNamespace: namespaces.erp,
};
