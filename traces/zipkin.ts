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

/** Environment variables of Zipkin's server: values, and the names of variables whose values are in a Secret. */
export interface ZipkinSettings {
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

const millisecondsADay = 86_400_000;

/**
 * The configuration of Zipkin. https://github.com/openzipkin/zipkin/blob/3.5.1/zipkin-server/README.md
 *
 * @param retentionDays days that a search covers. Zipkin deletes nothing from Elasticsearch and OpenSearch: a lifecycle
 * policy for the indices `zipkin-*` does
 */
export function zipkin(storage: ZipkinStorage, retentionDays: number): ZipkinSettings {
  const env = { QUERY_LOOKBACK: String(retentionDays * millisecondsADay) };
  if (storage.kind === "memory")
    return { env: { ...env, STORAGE_TYPE: "mem", MEM_MAX_SPANS: String(storage.maxSpans) }, secrets: {} };
  const { url, login, prefix, replicas } = storage;
  return {
    env: {
      ...env,
      // Zipkin recognises OpenSearch by its answer.
      STORAGE_TYPE: "elasticsearch",
      ES_HOSTS: url,
      ES_INDEX: `${prefix}-zipkin`,
      ES_INDEX_REPLICAS: String(replicas),
    },
    secrets: login ? { ES_USERNAME: login.user, ES_PASSWORD: login.password } : {},
  };
}
