import { inSeconds } from "../../kit/queries/duration";
import { erpWorkerJob } from "../../metrics/celery/erp-worker-metrics";
import { erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { httpProfile } from "../../metrics/inventory";
import { addresses } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import type { Server } from "../verify/server";
import { reportSeries } from "./coefficients";
import type { Objects } from "./objects";

/** The sizes of a running environment. A figure is undefined if Prometheus has no data for it. */
export interface Measurement {
  /** The numbers of objects, except those of which Prometheus has no data. */
  readonly objects: Partial<Objects>;
  /** Series of all scrapes, with those that Prometheus makes of each scrape. */
  readonly series: number | undefined;
  readonly headSeries: number | undefined;
  readonly samplesPerSecond: number | undefined;
  /** Highest memory of a Prometheus in a day, in bytes. */
  readonly prometheusMemory: number | undefined;
  /** Size of the blocks, the write-ahead log and the head chunks of the largest Prometheus, in bytes. */
  readonly prometheusDisk: number | undefined;
  /** Age of the oldest sample, in seconds. */
  readonly age: number | undefined;
  /** Highest memory of a Loki in a day, in bytes. */
  readonly lokiMemory: number | undefined;
}

/** A result of an instant query, as the HTTP API of Prometheus returns it. */
interface Answer {
  readonly data: { readonly result: readonly { readonly value: readonly [seconds: number, value: string] }[] };
}

/**
 * Reads the sizes of a running environment from its Prometheus.
 *
 * @param seconds since 1970, at which the queries are evaluated @default now
 * @throws {ServerError} when Prometheus does not answer
 */
export async function measure(environment: Environment, server: Server, seconds?: number): Promise<Measurement> {
  const { prometheus } = environment;
  const ask = async (query: string) => {
    const { data }: Answer = await server.get("/api/v1/query", {
      query,
      ...(seconds !== undefined && { time: String(seconds) }),
    });
    const value = Number(data.result[0]?.value[1]);
    return Number.isFinite(value) ? value : undefined;
  };
  const memory = ({ namespace }: { readonly namespace: string }, container: string) =>
    ask(
      `max(max_over_time(container_memory_working_set_bytes{namespace="${namespace}",container="${container}"}[1d]))`,
    );
  const retention = inSeconds(prometheus.retention);
  const steps = `${prometheus.retention}:${Math.max(300, Math.ceil(retention / 2000))}s`;
  const { duration } = httpProfile(environment).traffic;
  const age = await ask(`time() - min(min_over_time(timestamp(prometheus_tsdb_head_series)[${steps}]))`);
  // A rate over more than what Prometheus has is too small.
  const logWindow = `${Math.round(Math.min(86_400, Math.max(600, age ?? 0)))}s`;
  const counts = {
    nodes: await ask("count(count by (node) (kube_node_status_condition))"),
    pods: await ask("count(count by (namespace, pod) (kube_pod_status_phase))"),
    routes: await ask(`avg(count by (pod) (${duration}{le="+Inf"}))`),
    apiPods: await ask(`count(up{job="${erpApiJob.name}"})`),
    workers: await ask(`count(up{job="${erpWorkerJob.name}"})`),
    logLinesPerSecond: await ask(`sum(rate(loki_distributor_lines_received_total[${logWindow}]))`),
  };
  return {
    objects: Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined)),
    series: await ask(`sum(scrape_samples_post_metric_relabeling) + ${reportSeries} * count(up)`),
    headSeries: await ask("max(prometheus_tsdb_head_series)"),
    samplesPerSecond: await ask("max(sum by (pod) (rate(prometheus_tsdb_head_samples_appended_total[10m])))"),
    prometheusMemory: await memory(addresses.prometheus, "prometheus"),
    prometheusDisk: await ask(
      "max(prometheus_tsdb_storage_blocks_bytes + prometheus_tsdb_wal_storage_size_bytes + prometheus_tsdb_head_chunks_storage_size_bytes)",
    ),
    age,
    lokiMemory: await memory(addresses.loki, "loki"),
  };
}
