import type { Environment } from "../config/environment";
import type { Series, Vocabulary } from "../queries/series";
import { alertmanager, alertmanagerCluster } from "./alertmanager";
import { autoscaler } from "./autoscaler";
import { cadvisor } from "./cadvisor";
import { celery } from "./celery";
import { madeByPrometheus } from "./contradictions";
import { elasticsearch } from "./elasticsearch";
import { autoscales, comparesClocks, measuresNodes, sendsOn } from "./environment-parts";
import { erpApi } from "./erp-api";
import { erpProbe, erpPublicProbe } from "./erp-probe";
import { erpWorker } from "./erp-worker";
import { grafana as grafanaServer } from "./grafana";
import { fastapiInstrumentator } from "./http/fastapi-instrumentator";
import type { HttpProfile } from "./http/profile";
import { starlettePrometheus } from "./http/starlette-prometheus";
import type { Job } from "./jobs";
import { kubeStateMetrics } from "./kube-state-metrics";
import { kubelet } from "./kubelet";
import { kubeletProbes } from "./kubelet-probes";
import { loki } from "./loki";
import { lokiCanary } from "./loki-canary";
import { type Histogram, type Metric, seriesOf } from "./metric";
import { nodeClock, nodeExporter } from "./node-exporter";
import { postgresql } from "./postgresql";
import { prometheus } from "./prometheus";
import { prometheusOperator } from "./prometheus-operator";
import { promtail } from "./promtail";
import { type BusinessRecordings, businessRecordings, recordedBusiness } from "./recordings/business";
import { type Recording, withRecordings } from "./recordings/recording";
import { httpTallies, recordedOf, type Tallies } from "./recordings/tallies";
import { redis } from "./redis";
import { remoteWrite } from "./remote-write";
import { targetsUp } from "./target-up";

/** Every metric that one environment's Prometheus holds for us to ask for. */
export interface Catalogue {
  readonly http: HttpProfile;
  readonly metrics: readonly Metric[];
  /** What is counted for the objectives. */
  readonly tallies: Tallies;
  /** What is counted of the ERP's use. */
  readonly business: BusinessRecordings;
  /** What Prometheus computes ahead, each after those that it reads. */
  readonly recordings: readonly Recording[];
  /** What queries are checked against. */
  readonly vocabulary: Vocabulary;
}

const profiles: Record<Environment["erp"]["httpMetrics"], HttpProfile> = {
  "starlette-prometheus": starlettePrometheus,
  "fastapi-instrumentator": fastapiInstrumentator,
};

type Source = Readonly<Record<string, Metric | Histogram>>;

type Scraped = Pick<
  Environment,
  "alertmanager" | "cluster" | "erp" | "grafana" | "logAgent" | "loki" | "prometheus" | "tier"
>;

/** Everything that is scraped in an environment, and asked for. */
function sources(environment: Scraped): readonly Source[] {
  const { erp, cluster, logAgent, grafana } = environment;
  return [
    erpApi,
    erpWorker,
    erpProbe,
    ...(erp.ingress ? [erpPublicProbe] : []),
    celery,
    kubeStateMetrics,
    cadvisor,
    kubelet,
    kubeletProbes,
    ...(measuresNodes(environment) ? [nodeExporter] : []),
    ...(comparesClocks(environment) ? [nodeClock] : []),
    ...(autoscales(environment) ? [autoscaler] : []),
    postgresql,
    redis,
    ...(erp.elasticsearch ? [elasticsearch] : []),
    prometheus,
    ...(sendsOn(environment) ? [remoteWrite] : []),
    alertmanager,
    ...(environment.alertmanager.replicas > 1 ? [alertmanagerCluster] : []),
    loki,
    ...(environment.loki.canary ? [lokiCanary] : []),
    ...(cluster.operator === "install" ? [prometheusOperator] : []),
    ...(logAgent.kind === "promtail" ? [promtail] : []),
    ...(grafana.mode === "on" ? [grafanaServer] : []),
  ];
}

/** How the environment's instrumentor names what it measures of HTTP. */
export function httpProfile({ erp }: Pick<Environment, "erp">): HttpProfile {
  return profiles[erp.httpMetrics];
}

export function catalogue(environment: Scraped): Catalogue {
  const http = httpProfile(environment);
  const declared = sources(environment).flatMap((source) => Object.values(source));
  const asked = [...declared.flatMap(parts), ...http.metrics];
  const metrics = [...asked, ...targetsUp(asked)];
  const tallies = httpTallies(http, environment.erp.slos);
  const business = businessRecordings(environment, tallies);
  const recordings = [...recordedOf(tallies), ...recordedBusiness(business)];
  return { http, metrics, tallies, business, recordings, vocabulary: withRecordings(vocabulary(metrics), recordings) };
}

/** Names of a job's metrics: what `curated` keeps of a cluster exporter. */
export function keepList({ metrics }: Catalogue, job: Job): string[] {
  const exposed = metrics.filter((metric) => metric.job === job && !madeByPrometheus.test(metric.name));
  return [...new Set(exposed.map(({ name }) => name))].sort();
}

function parts(declared: Metric | Histogram): Metric[] {
  return "bucket" in declared ? [declared.bucket, declared.sum, declared.count] : [declared];
}

function vocabulary(metrics: readonly Metric[]): Vocabulary {
  const found = new Map<string, Series[]>();
  for (const metric of metrics) found.set(metric.name, [...(found.get(metric.name) ?? []), seriesOf(metric)]);
  return found;
}
