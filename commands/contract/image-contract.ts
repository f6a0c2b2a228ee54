import type { Contract, ContractLabel, ContractMetric } from "../../conformance/src/contract";
import { catalogue, namesOf } from "../../kit/metrics/catalogue";
import { prometheusMetric } from "../../kit/metrics/check-evidence";
import type { Metric, MetricLabel } from "../../kit/metrics/metric";
import record from "../../logs/record.schema.json";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { fastapiInstrumentator } from "../../metrics/erp-api/fastapi-instrumentator";
import type { HttpProfile } from "../../metrics/erp-api/http-profile";
import { starlettePrometheus } from "../../metrics/erp-api/starlette-prometheus";
import { httpProfile } from "../../metrics/inventory";
import { healthRoutes } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { contributions, subjectsOf } from "../../subjects/listings";

const profiles = [starlettePrometheus, fastapiInstrumentator];

/** The contract of the ERP's API with the dashboards, alerts and log pipeline of an environment. */
export function imageContract(environment: Environment): Contract {
  const { erp } = environment;
  const after = eventsOf(environment);
  return {
    version: 1,
    environment: environment.name,
    metrics: {
      path: erpApiJob.path,
      timeoutSeconds: erpApiJob.timeoutSeconds,
      sampleLimit: erpApiJob.sampleLimit ?? Number.MAX_SAFE_INTEGER,
      own: contractMetrics(ownMetrics(environment), after),
    },
    http: {
      profile: httpProfile(environment).name,
      latencyThresholdSeconds: erp.slos.latency.threshold,
      profiles: Object.fromEntries(
        profiles.map((profile) => [
          profile.name,
          {
            duration: familyOf(profile.traffic.duration.name),
            metrics: contractMetrics(metricsOf(profile), after),
          },
        ]),
      ),
    },
    health: {
      ...healthRoutes,
      dependencyMetric: erpApi.dependencyUp.name,
      dependencies: erpApi.dependencyUp.labels.get("dependency")?.values ?? [],
    },
    requestId: { header: "X-Request-ID", pattern: record.properties.request_id.pattern },
    logs: { schema: record },
    sentry: { tags: ["request_id"], identityMetric: erpApi.info.name },
  };
}

/** Metrics that the API exposes besides those of HTTP. */
function ownMetrics(environment: Environment): readonly Metric[] {
  const http = new Set(metricsOf(httpProfile(environment)).map(({ name }) => name));
  const known = contributions(environment).catalogue;
  const own = new Set(namesOf(known, erpApiJob).filter((name) => !http.has(name)));
  return known.metrics.filter(({ name, job }) => job.name === erpApiJob.name && own.has(name));
}

function metricsOf({ metrics }: HttpProfile): readonly Metric[] {
  return catalogue([metrics], []).metrics.filter(({ name }) => !prometheusMetric.test(name));
}

/** Events without which metrics do not exist, by metric. */
function eventsOf(environment: Environment): ReadonlyMap<string, string> {
  return new Map(subjectsOf(environment).flatMap(({ eventSeries = {} }) => Object.entries(eventSeries)));
}

/** Families of metrics: the three counters of a histogram, and the two of a summary, are one. */
function contractMetrics(metrics: readonly Metric[], after: ReadonlyMap<string, string>): readonly ContractMetric[] {
  return metrics.filter(isFirstOfFamily).map(({ name, type, labels }) => {
    const family = type === "histogram" || type === "summary" ? familyOf(name) : name;
    const event = after.get(family);
    const bounds = labels.get("le")?.values?.filter((bound) => bound !== "+Inf");
    return {
      name: family,
      type,
      labels: [...labels].filter(([label]) => label !== "le").map(contractLabel),
      ...(bounds && { buckets: bounds.map(Number) }),
      ...(event !== undefined && { after: event }),
    };
  });
}

function isFirstOfFamily({ name, type }: Metric): boolean {
  if (type === "histogram") return name.endsWith("_bucket");
  return type !== "summary" || name.endsWith("_count");
}

function familyOf(name: string): string {
  return name.replace(/_(?:bucket|sum|count)$/, "");
}

function contractLabel([name, { values, pattern, optional }]: readonly [string, MetricLabel]): ContractLabel {
  return { name, ...(optional && { optional }), ...(values && { values }), ...(pattern && { pattern }) };
}
