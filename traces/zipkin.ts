import type { SearchCluster } from "./search-cluster";

/** Port of Zipkin: OTLP is not spoken, only Zipkin's own format; its pages, metrics and health are on the same port. */
export const zipkinPort = 9411;

/** Where Zipkin keeps traces. */
export type ZipkinStorage =
  | {
      /** In memory: the oldest are dropped, and a restart loses all. */
      readonly kind: "memory";
      readonly maxSpans: number;
    }
  | SearchCluster;

const millisecondsADay = 86_400_000;

/**
 * Environment variables of Zipkin's server, without the login of a cluster: `ES_USERNAME` and `ES_PASSWORD`.
 * https://github.com/openzipkin/zipkin/blob/3.5.1/zipkin-server/README.md
 *
 * @param retentionDays days that a search covers. Zipkin deletes nothing from Elasticsearch and OpenSearch: a lifecycle
 * policy for the indices `zipkin-*` does
 */
export function zipkin(storage: ZipkinStorage, retentionDays: number): Readonly<Record<string, string>> {
  const shared = { QUERY_LOOKBACK: String(retentionDays * millisecondsADay) };
  if (storage.kind === "memory") return { ...shared, STORAGE_TYPE: "mem", MEM_MAX_SPANS: String(storage.maxSpans) };
  const { url, prefix, replicas } = storage;
  return {
    ...shared,
    // Zipkin recognises OpenSearch by its answer.
    STORAGE_TYPE: "elasticsearch",
    ES_HOSTS: url,
    ES_INDEX: `${prefix}-zipkin`,
    ES_INDEX_REPLICAS: String(replicas),
  };
}
