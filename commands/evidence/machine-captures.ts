import { alertmanagerJob } from "../../metrics/alertmanager/alertmanager-metrics";
import { erpWorkerJob } from "../../metrics/celery/erp-worker-metrics";
import { dnsProbeJob } from "../../metrics/dns/dns-metrics";
import { elasticsearchJob } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { erpPublicProbeJob } from "../../metrics/erp-health-checks/erp-probe-metrics";
import { alloyJob } from "../../metrics/log-agents/log-agent-jobs";
import { lokiCanaryJob } from "../../metrics/loki/loki-canary-metrics";
import { otelCollectorJob } from "../../metrics/otel-collector/otel-collector-metrics";
import { postgresqlJob } from "../../metrics/postgresql/postgresql-metrics";
import { alertmanagerReloaderJob, prometheusReloaderJob } from "../../metrics/prometheus/config-reloader-metrics";
import { prometheusJob } from "../../metrics/prometheus/prometheus-metrics";
import { redisJob } from "../../metrics/redis/redis-metrics";
import type { Environment } from "../../settings/environment";
import { type RepositoryProgram, repositoryProgram } from "../repository-program";
import type { Capture, Captured } from "./capture";
import { captureAlertmanager } from "./capture-alertmanager";
import { captureAlloy } from "./capture-alloy";
import { captureConfigReloader } from "./capture-config-reloader";
import { captureElasticsearch } from "./capture-elasticsearch";
import { captureErp } from "./capture-erp";
import { httpProfiles } from "./capture-http-profiles";
import { captureLokiCanary } from "./capture-loki-canary";
import { captureOtelCollector } from "./capture-otel-collector";
import { capturePostgresql } from "./capture-postgresql";
import { captureProbe } from "./capture-probe";
import { capturePrometheus } from "./capture-prometheus";
import { captureRedis } from "./capture-redis";
import { pinnedVersions } from "./pinned-versions";

export type Captures = Readonly<Record<string, () => Promise<Capture>>>;

/** Captures of the programs that the command runs on this machine. They need no cluster and read no Secret. */
const captures: Readonly<Record<string, (captured: Captured, environment: Environment) => Promise<Capture>>> = {
  [alloyJob.name]: captureAlloy,
  [redisJob.name]: captureRedis,
  [prometheusJob.name]: capturePrometheus,
  [alertmanagerJob.name]: captureAlertmanager,
  [prometheusReloaderJob.name]: captureConfigReloader,
  [alertmanagerReloaderJob.name]: captureConfigReloader,
  [lokiCanaryJob.name]: captureLokiCanary,
  [erpApiJob.name]: captureErp,
  [erpWorkerJob.name]: captureErp,
  [postgresqlJob.name]: capturePostgresql,
  [elasticsearchJob.name]: captureElasticsearch,
  [otelCollectorJob.name]: captureOtelCollector,
  [erpPublicProbeJob.name]: captureProbe,
  [dnsProbeJob.name]: captureProbe,
};

/** The programs that are in no package registry, so that CI cannot start them. */
const repositoryPrograms: Readonly<Record<string, RepositoryProgram>> = {
  [alloyJob.name]: "alloy",
  [redisJob.name]: "redis_exporter",
};

/** The captures on this machine, by source. */
export function machineCaptures(environment: Environment): Captures {
  const versions = Object.entries(pinnedVersions(environment));
  const ofSubjects = versions.flatMap(([source, version]) => {
    const capture = captures[source];
    return capture ? [[source, () => capture({ source, version }, environment)] as const] : [];
  });
  return { ...httpProfiles, ...Object.fromEntries(ofSubjects) };
}

/** Whether every machine with Go, Maven and Python can start the program of a source, also that of CI. */
export function startsInCi(source: string): boolean {
  return source in httpProfiles || (source in captures && !(source in repositoryPrograms));
}

/** Whether this machine can start the program of a source. */
export function startsHere(source: string): boolean {
  const program = repositoryPrograms[source];
  return startsInCi(source) || (program !== undefined && "path" in repositoryProgram(program));
}
