import type { Environment } from "../config/environment";
import { madeByPrometheus } from "../kit/metrics/check-evidence";
import { type Histogram, type Metric, seriesOf } from "../kit/metrics/metric";
import { type Recording, withRecordings } from "../kit/metrics/recording";
import { targetsUp } from "../kit/metrics/target-metrics";
import type { Series, Vocabulary } from "../kit/queries/series";
import { alertmanager, alertmanagerCluster } from "./alertmanager/alertmanager-metrics";
import { celery } from "./celery/celery-metrics";
import { erpWorker } from "./celery/erp-worker-metrics";
import { autoscales, comparesClocks, measuresNodes, sendsOn } from "./conditions";
import { elasticsearch } from "./elasticsearch/elasticsearch-metrics";
import { erpApi } from "./erp-api/erp-api-metrics";
import { fastapiInstrumentator } from "./erp-api/fastapi-instrumentator";
import type { HttpProfile } from "./erp-api/http-profile";
import { starlettePrometheus } from "./erp-api/starlette-prometheus";
import { type BusinessRecordings, businessRecordings, recordedBusiness } from "./erp-business/business-recordings";
import { erpProbe, erpPublicProbe } from "./erp-health-checks/erp-probe-metrics";
import { httpTallies, recordedOf, type Tallies } from "./erp-slos/request-tallies";
import { grafana as grafanaServer } from "./grafana/grafana-metrics";
import type { Job } from "./jobs";
import { autoscaler } from "./kubernetes/autoscaler-metrics";
import { cadvisor } from "./kubernetes/cadvisor-metrics";
import { kubeStateMetrics } from "./kubernetes/kube-state-metrics";
import { kubelet } from "./kubernetes/kubelet-metrics";
import { kubeletProbes } from "./kubernetes/kubelet-probe-metrics";
import { promtail } from "./log-agents/promtail-metrics";
import { lokiCanary } from "./loki/loki-canary-metrics";
import { loki } from "./loki/loki-metrics";
import { nodeClock, nodeExporter } from "./nodes/node-metrics";
import { postgresql } from "./postgresql/postgresql-metrics";
import { prometheus } from "./prometheus/prometheus-metrics";
import { prometheusOperator } from "./prometheus/prometheus-operator-metrics";
import { remoteWrite } from "./prometheus/remote-write-metrics";
import { redis } from "./redis/redis-metrics";

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
