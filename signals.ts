import { alertmanagerConfig } from "./alerts/alertmanager/alertmanager-config";
import { notificationMessages } from "./alerts/alertmanager/notification-messages";
import { requiredPages } from "./alerts/alertmanager/required-pages";
import { dataSources, scrapeSeconds } from "./dashboards/grafana/data-sources";
import type { Fault } from "./faults";
import type { AnyAlert } from "./kit/alerts/alert";
import {
  checkOverrides,
  checkRequiredPages,
  checkSilencedInhibitors,
  overridePlace,
} from "./kit/alerts/check-overrides";
import { checkRules } from "./kit/alerts/check-rules";
import { logEvaluationSeconds } from "./kit/alerts/log-alert";
import { type OverrideSummary, overrideSummaries } from "./kit/alerts/override-summary";
import { deployedAlert, remarks } from "./kit/alerts/overrides";
import { linkDashboards, type RuleGroup, ruleGroups } from "./kit/alerts/rule-group";
import type { SentryAlert } from "./kit/alerts/sentry-alert";
import type { SwitchedOff } from "./kit/alerts/switched-off";
import { dashboards, type FiledDashboard } from "./kit/dashboards/build-dashboards";
import { namesOf } from "./kit/metrics/catalogue";
import { checkJobs } from "./kit/metrics/check-jobs";
import type { Job } from "./kit/metrics/job";
import { checkUnused } from "./kit/metrics/unused-metrics";
import type { AlertmanagerConfig } from "./kit/notifications/alertmanager-configuration";
import { checkNotifications } from "./kit/notifications/check-notifications";
import { checkPipeline } from "./logs/check-pipeline";
import { logFileBytes } from "./logs/file-size";
import { pipeline } from "./logs/pipeline";
import type { Stage } from "./logs/stages";
import { type Relabeling, targets } from "./logs/targets";
import { logVocabulary } from "./logs/vocabulary";
import { checkThreshold, withMeasurableThreshold } from "./metrics/erp-slos/latency-threshold";
import { httpProfile } from "./metrics/inventory";
import { addresses, monitorLabels, namespaces, url } from "./settings/addresses";
import type { Environment } from "./settings/environment";
import { loggedNamespaces, platformTeam } from "./settings/team-members";
import { checkExporters } from "./subjects/check-exporters";
import { clusterJobs, type Keep } from "./subjects/cluster-jobs";
import {
  causes,
  contributions,
  jobsOf,
  sentryAlertsOf,
  subjectsOf,
  switchedOffAlerts,
  switchedOffBySettings,
} from "./subjects/listings";
import { type RequiredSecret, requiredSecrets } from "./subjects/required-secrets";
import { type TeamContent, teamContents } from "./subjects/team-contents";

/** Rules and dashboards that are deployed together. */
export interface Content {
  /** The rule groups, each of which becomes a separate PrometheusRule. */
  readonly rules: readonly RuleGroup[];
  readonly dashboards: readonly FiledDashboard[];
}

/** Metrics, dashboards, alerts and logs of one environment, as values, with all their faults. */
export interface Signals {
  /** Alerts on metrics and on logs, with the scenarios that prove them. */
  readonly alerts: readonly AnyAlert[];
  /** Alerts of the product that the environment does not have, with the reason. */
  readonly switchedOff: readonly SwitchedOff[];
  /** Alerts that the environment changes or switches off by `alerts`. */
  readonly overrides: readonly OverrideSummary[];
  /** Alerts that Sentry evaluates, if the environment has a project in Sentry. */
  readonly sentryAlerts: readonly SentryAlert[];
  /** Content about the cluster and the monitoring itself. */
  readonly platform: Content;
  /** Content about the ERP and its servers. */
  readonly erp: Content;
  /** Content of the files of teams, in config/teams/. */
  readonly teams: readonly TeamContent[];
  readonly alertmanagerConfig: AlertmanagerConfig;
  /** Templates of notifications that the receivers use. */
  readonly alertMessages: string;
  readonly dataSources: readonly object[];
  readonly logs: {
    /** Selection of the files that the log agent reads, and the labels of their streams. */
    readonly targets: readonly Relabeling[];
    /** Stages that process each line. */
    readonly pipeline: readonly Stage[];
    /** Rules that Loki evaluates. */
    readonly rules: readonly RuleGroup[];
  };
  /** Metrics that are kept of each scrape job. */
  readonly keep: Readonly<Record<string, Keep>>;
  /**
   * Metrics that are kept of each exporter that kube-prometheus-stack scrapes, by job. A job that is not listed is not
   * scraped.
   */
  readonly clusterJobs: Readonly<Record<string, Keep>>;
  /** Jobs that a PodMonitor scrapes, and the metrics that are kept of them. */
  readonly podJobs: readonly { readonly job: Job; readonly keep: Keep }[];
  /** Existing Secrets that the environment refers to. */
  readonly secrets: readonly RequiredSecret[];
  /** What the environment does not have, because it reads older data than `prometheus.retention` or `loki.retention`. */
  readonly unkept: {
    readonly recordings: readonly string[];
    readonly alerts: readonly string[];
    readonly panels: readonly { readonly dashboard: string; readonly panel: string }[];
  };
  readonly faults: readonly Fault[];
}

/** The dashboards that Grafana shows. */
export function allDashboards({
  platform,
  erp,
  teams,
}: Pick<Signals, "platform" | "erp" | "teams">): readonly FiledDashboard[] {
  return [...erp.dashboards, ...platform.dashboards, ...teams.flatMap((team) => team.dashboards)];
}

/** The rule groups that Prometheus evaluates. */
export function prometheusGroups({
  platform,
  erp,
  teams,
}: Pick<Signals, "platform" | "erp" | "teams">): readonly RuleGroup[] {
  return [...platform.rules, ...erp.rules, ...teams.flatMap(({ rules }) => rules.flatMap(({ groups }) => groups))];
}

export function signals(given: Environment): Signals {
  const profile = httpProfile(given);
  const environment = withMeasurableThreshold(given, profile);
  const contributed = contributions(environment);
  const { catalogue, alerts, logAlerts, dashboards: forms, fileOf, kept, unkeptAlerts, overridden } = contributed;
  const { name, runbookBaseUrl, grafana, clusterMonitoring } = environment;
  const all = [...alerts, ...logAlerts];
  const overrides = `config/${name}.ts: alerts`;
  const keys = new Map(overridden.map(({ key, changed }) => [changed, key]));
  const off = overridden.flatMap(({ declared, changed }) => (changed === undefined ? declared : []));
  const placeOf = (alert: AnyAlert) => {
    const key = keys.get(alert);
    if (key !== undefined) return overridePlace(overrides, key);
    return [fileOf(alert), ...Object.values(alert.labels ?? {})].join(": ");
  };
  const publication = { environment: name, runbookBaseUrl };
  const groups = ruleGroups(alerts, catalogue.recordings, publication);
  const logGroups = ruleGroups(logAlerts, [], publication, logEvaluationSeconds);
  const configuration = alertmanagerConfig(environment, all, causes);
  const messages = notificationMessages(configuration.receivers);
  const shown = dashboards(forms, {
    runbookBaseUrl,
    isKept: kept.isKept,
    vocabulary: catalogue.vocabulary,
    logs: logVocabulary,
    alerts: [...all, ...off],
    deployed: deployedAlert(overridden),
    remarks: remarks(overridden, name),
    scrapeSeconds,
    placeOf,
    ...(grafana.mode !== "off" && { grafanaUrl: grafana.url }),
  });
  const content = (id: "platform" | "erp", folder: string): Content => ({
    rules: linkDashboards(
      groups.filter((group) => group.name.startsWith(`${id}-`)),
      shown.alertUrls,
    ),
    dashboards: shown.dashboards.filter((dashboard) => dashboard.folder === folder),
  });
  const evaluated = groups.flatMap((group) => group.rules.map(({ expr }) => expr));
  // A metric is not unused because a shorter retention or an override leaves out its only reader.
  const unkeptQueries = [
    ...[...unkeptAlerts, ...off].map(({ expression }) => expression.text),
    ...kept.unkeptRecordings.map(({ measure }) => measure.text),
    ...shown.unkept.flatMap(({ queries }) => queries),
  ];
  const logTargets = targets(loggedNamespaces(environment));
  const logPipeline = pipeline(logFileBytes(environment.logAgent));
  const switchedOff = switchedOffAlerts(environment, contributed);
  const jobs = jobsOf(environment);
  const ofPods = jobs.filter(({ scrapedBy }) => scrapedBy === "PodMonitor");
  const sources = dataSources(environment, seenFromGrafana, {
    metric: profile.traffic.requests.name,
    label: profile.routes().label,
  });
  const product = {
    alerts: [
      ...[...all, ...off].map((alert) => alert.name),
      ...switchedOff.map(({ title }) => title.split(" ")[0] ?? ""),
    ],
    groups: [...groups, ...logGroups].map((group) => group.name),
    causes,
    jobs: jobs.map((job) => job.name),
    monitors: ofPods.map((job) => `PodMonitor/${job.name}`),
    uids: shown.dashboards.map(({ model }) => model.uid),
    logs: logVocabulary,
    dataSources: sources.map(({ uid }) => uid),
  };
  const own = teamContents(environment, catalogue, product, monitorLabels);
  // Nobody knows which exporter has a metric that only a team reads.
  const withOwn = (keep: Keep): Keep => (keep === "all" ? keep : [...new Set([...keep, ...own.metrics])].sort());
  const chartJobs = mapKeep(clusterJobs(environment, catalogue), withOwn);
  const podJobs = ofPods.map((job) => ({
    job,
    keep: clusterMonitoring === "full" ? ("all" as const) : withOwn(namesOf(catalogue, job)),
  }));
  return {
    alerts: all,
    switchedOff,
    overrides: overrideSummaries(overridden, all, catalogue.vocabulary),
    sentryAlerts: sentryAlertsOf(environment),
    platform: content("platform", "Platform"),
    erp: content("erp", "ERP"),
    teams: own.teams,
    alertmanagerConfig: configuration,
    alertMessages: messages,
    dataSources: sources,
    logs: {
      targets: logTargets,
      pipeline: logPipeline,
      rules: linkDashboards(logGroups, shown.alertUrls),
    },
    keep: {
      ...keepAll(environment),
      ...chartJobs,
      ...Object.fromEntries(podJobs.map(({ job, keep }) => [job.name, keep])),
    },
    clusterJobs: chartJobs,
    podJobs,
    secrets: requiredSecrets(environment),
    unkept: {
      recordings: kept.unkeptRecordings.map(({ name }) => name),
      alerts: unkeptAlerts.map(({ title }) => title),
      panels: shown.unkept.map(({ dashboard, panel }) => ({ dashboard, panel })),
    },
    faults: [
      ...checkThreshold(given, profile),
      ...own.faults,
      ...checkJobs(jobs),
      ...checkOverrides(environment.alerts ?? {}, {
        alerts: [...all.filter((alert) => !keys.has(alert)), ...overridden.map(({ declared }) => declared)],
        switchedOff: switchedOffBySettings(environment, contributed),
        teams: [...Object.keys(environment.teams ?? {}), platformTeam],
        place: overrides,
      }),
      ...checkSilencedInhibitors(overridden, all, catalogue.vocabulary, overrides),
      ...(environment.tier === "production" ? checkRequiredPages(overridden, requiredPages, overrides) : []),
      ...checkExporters(subjectsOf(environment), environment),
      ...checkRules(
        { alerts, logAlerts, recordings: catalogue.recordings },
        { vocabulary: catalogue.vocabulary, logVocabulary, causes, placeOf },
      ),
      ...checkPipeline(logPipeline, logTargets),
      ...checkContent(groups, shown.dashboards),
      ...checkNotifications(configuration, {
        environment: name,
        alerts: all,
        messages,
        mayReachNobody: environment.tier === "local",
        placeOf,
      }),
      ...shown.faults,
      ...checkUnused(catalogue, [...evaluated, ...shown.queries, ...unkeptQueries]),
    ],
  };
}

function mapKeep(jobs: Readonly<Record<string, Keep>>, change: (keep: Keep) => Keep): Record<string, Keep> {
  return Object.fromEntries(Object.entries(jobs).map(([job, keep]) => [job, change(keep)]));
}

/** Jobs of ServiceMonitors and Probes, of which all metrics are kept. */
function keepAll(environment: Environment): Record<string, Keep> {
  const jobs = jobsOf(environment).filter(({ scrapedBy }) => ["ServiceMonitor", "Probe"].includes(scrapedBy));
  return Object.fromEntries(jobs.map(({ name }) => [name, "all"]));
}

/** Faults of rule groups and dashboards that belong to neither of the two contents and would not be deployed. */
function checkContent(groups: readonly RuleGroup[], filed: readonly FiledDashboard[]): Fault[] {
  const strayGroups = groups.filter(({ name }) => !/^(erp|platform)-/.test(name));
  const strayDashboards = filed.filter(({ folder }) => !["ERP", "Platform"].includes(folder));
  return [
    ...strayGroups.map(({ name }) => ({
      place: `rule group ${name}`,
      rule: "must begin with `erp-` or `platform-`",
      remedy: "rename it: the prefix decides which stack contains it",
    })),
    ...strayDashboards.map(({ folder, model }) => ({
      place: `dashboard "${model.title}"`,
      rule: "must be filed in the folder `ERP` or `Platform`",
      value: folder,
      remedy: "choose one of them: the folder decides which stack contains it",
    })),
  ];
}

const seenFromGrafana = {
  prometheus: url(addresses.prometheus),
  loki: url(addresses.loki),
  alertmanager: url(addresses.alertmanager),
  jaeger: url(addresses.jaeger),
  zipkin: url(addresses.zipkin),
  erpNamespace: namespaces.erp,
};
