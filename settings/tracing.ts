import { z } from "zod";
import { inSeconds } from "../kit/queries/duration";
import { bytes, duration, message, positive, resources, secretRef, text } from "./fields";
import { baseUrl, isPlainHttp } from "./urls";

/** Longest time after which a trace counts as slow: the collector waits for the spans of a trace only a little longer. */
export const longestSlowSeconds = 10;

/** The traces that are kept. Traces with an error and slow traces are always kept. */
const sampling = z.strictObject({
  /** Share of the other traces that is kept, from 0 to 1. */
  ratio: z
    .number()
    .min(0, message("must be at least 0", "write a share such as 0.1"))
    .max(1, message("must be at most 1", "write a share such as 0.1")),
  /** Duration above which a trace is slow, such as `500ms`. */
  slowerThan: duration.refine(
    (slow) => !(inSeconds(slow) > longestSlowSeconds),
    message(
      `must be at most ${longestSlowSeconds}s: the collector decides about a trace some seconds after its first span`,
      "use a duration such as `1s`",
    ),
  ),
});

const headerName = text(
  /^[A-Za-z0-9][-A-Za-z0-9]*$/,
  "must be the name of a header of HTTP: letters, digits and dashes",
  "write it such as `Authorization`",
);

/** Certificate of the authority that signed a server's certificate, in a Secret in the namespace `tracing`. */
const ca = secretRef.optional();

const caNeedsTls = message(
  "must not be set for a URL that begins with http://",
  "write the URL with https://, or remove `ca`",
);

/** How long a store keeps a trace. */
const retention = duration;

/** A server of Elasticsearch or OpenSearch. Secrets are in the namespace `tracing`. */
const server = z.strictObject({
  type: z.enum(["elasticsearch", "opensearch"]),
  /** Address of the server, without credentials. */
  url: baseUrl,
  /** The user with which the store reads and writes. @default no authentication */
  basicAuth: z.strictObject({ username: secretRef, password: secretRef }).optional(),
  /**
   * Text before the names of the daily indices, so that several environments can use one server.
   * @default the name of the environment
   */
  indexPrefix: text(
    /^[a-z0-9][-a-z0-9]{0,62}$/,
    "must be the beginning of an index name: at most 63 lower-case letters, digits and dashes",
    "write it such as `shop`",
  ).optional(),
  /**
   * Age in whole days up to which traces are searched. A lifecycle policy of the server deletes the indices: docs/traces.md.
   */
  retention: retention.refine(
    (given) => !(inSeconds(given) % inSeconds("1d") > 0),
    message(
      "must be a number of whole days: Elasticsearch and OpenSearch delete the index of a day",
      "write it such as `7d`",
    ),
  ),
});

/** A server whose certificate an authority of your own may have signed. Zipkin has no setting for such an authority. */
const serverOfJaeger = server
  .extend({
    /** Certificate of the authority that signed the server's certificate. @default the public authorities */
    ca,
  })
  .refine(({ url, ca }) => ca === undefined || !isPlainHttp(url), { path: ["ca"], error: caNeedsTls });

const oneReplica = {
  path: ["replicas"],
  error: message(
    "must be 1 unless the traces are in Elasticsearch or OpenSearch: replicas share neither a volume nor memory",
    "use 1, or configure a server as `tracing.storage`",
  ),
};

const shared = {
  sampling,
  resources: z.strictObject({
    /** The collector, which keeps each trace in memory until it has decided about it. */
    collector: resources,
  }),
};

const ofStore = {
  sampling,
  /** Number of pods of the store: more than 1 only with a server. */
  replicas: positive,
  resources: shared.resources.extend({
    /** Each replica of the store. */
    store: resources,
  }),
};

/**
 * Traces of the ERP's requests and tasks. The ERP sends all spans to an OpenTelemetry Collector, which decides which traces
 * are kept and sends these to a store.
 */
export const tracing = z.discriminatedUnion("store", [
  /** The ERP makes no traces. */
  z.strictObject({ store: z.literal("off") }),
  z
    .strictObject({
      store: z.literal("jaeger"),
      ...ofStore,
      storage: z.discriminatedUnion("type", [
        /** Badger on a volume. Allowed in tier `local` only. */
        z.strictObject({
          type: z.literal("badger"),
          size: bytes,
          /** How long traces are kept. */
          retention: retention.refine(
            (given) => !(inSeconds(given) < inSeconds("1h")),
            message("must be at least 1h: Badger frees the space of old traces slowly", "use `1d` or more"),
          ),
        }),
        serverOfJaeger,
      ]),
    })
    .refine(({ replicas, storage }) => storage.type !== "badger" || replicas === 1, oneReplica),
  z
    .strictObject({
      store: z.literal("zipkin"),
      ...ofStore,
      storage: z.discriminatedUnion("type", [
        /** The newest spans in memory, which a restart loses. Allowed in tier `local` only. */
        z.strictObject({
          type: z.literal("memory"),
          /** Number of spans that are kept. */
          maxSpans: positive,
        }),
        server,
      ]),
    })
    .refine(({ replicas, storage }) => storage.type !== "memory" || replicas === 1, oneReplica),
  /** A store that somebody else runs, such as Tempo or the service of a vendor. */
  z
    .strictObject({
      store: z.literal("existing"),
      ...shared,
      /**
       * Address for OTLP over HTTP, such as `https://tempo.example.com:4318`. The collector appends `/v1/traces`.
       */
      endpoint: baseUrl.refine(
        (url) => !/\/v1\/traces\/?$/.test(url),
        message("must not end with `/v1/traces`, which the collector appends", "remove this part"),
      ),
      /** Headers with credentials, whose values are in a Secret in the namespace `tracing`. @default none */
      headers: z.record(headerName, secretRef).optional(),
      /** Certificate of the authority that signed the store's certificate. @default the public authorities */
      ca,
      /** Where Grafana finds the traces. @default Grafana has no data source of traces, and nothing links to traces */
      query: z
        .strictObject({
          /** The kind of the data source. */
          type: z.literal("tempo"),
          /** Address of Tempo as Grafana reaches it, without credentials. */
          url: baseUrl,
        })
        .optional(),
    })
    .refine(({ endpoint, ca }) => ca === undefined || !isPlainHttp(endpoint), { path: ["ca"], error: caNeedsTls }),
]);

type Setting = z.infer<typeof tracing>;

/** The part of an environment that describes its traces. */
export interface WithTraces {
  /** The settings of the traces. @default there are none */
  readonly tracing?: Setting | undefined;
}

/** The settings of traces that are on. */
export type Tracing = Exclude<Setting, { store: "off" }>;

/** The settings of a store that the stacks deploy. */
export type OwnStore = Extract<Setting, { store: "jaeger" | "zipkin" }>;

/** A server of Elasticsearch or OpenSearch with traces. */
export type TraceServer = z.infer<typeof serverOfJaeger>;

/** The settings of traces, unless they are off. */
export function tracingOf({ tracing }: WithTraces): Tracing | undefined {
  return tracing === undefined || tracing.store === "off" ? undefined : tracing;
}

/** The settings of the store, if the stacks deploy one. */
export function ownStore(environment: WithTraces): OwnStore | undefined {
  const given = tracingOf(environment);
  return given === undefined || given.store === "existing" ? undefined : given;
}

/** The server that keeps the traces, if there is one. */
export function traceServer(environment: WithTraces): TraceServer | undefined {
  const storage = ownStore(environment)?.storage;
  return storage !== undefined && "url" in storage ? storage : undefined;
}

/** The beginning of the names of the server's indices. */
export function indexPrefix({ name }: { readonly name: string }, { indexPrefix = name }: TraceServer): string {
  return indexPrefix;
}
