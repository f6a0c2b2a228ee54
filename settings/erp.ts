import { z } from "zod";
import {
  annotations,
  bytes,
  count,
  duration,
  hostName,
  image,
  message,
  name,
  positive,
  resources,
  secretRef,
  text,
  unique,
} from "./fields";
import { sentry } from "./sentry";
import { slos } from "./slos";

/** Program and arguments, run without a shell. */
const command = z.array(z.string()).min(1);

/** Existing Secrets in the namespace `erp`, each key holding a URL with credentials. */
const connection = z.strictObject({
  /** The ERP's own. */
  secret: secretRef,
  /** The exporter's, who may read statistics and nothing else; in PostgreSQL, a role with `pg_monitor`. */
  exporterSecret: secretRef,
});

/** A fixed number of pods, or bounds between which their use of CPU decides. */
const scale = z.union(
  [
    z.strictObject({ replicas: positive }),
    z
      .strictObject({
        minReplicas: positive,
        maxReplicas: positive,
        /** Average, in percent of what the pods request. */
        targetCpuUtilization: z
          .int({ error: message("must be a whole number of percent", "use 70") })
          .min(1, message("must be at least 1 %", "use 70"))
          .max(100, message("must be at most 100 %: it counts what the pods request", "use 70")),
      })
      .refine(({ minReplicas, maxReplicas }) => minReplicas <= maxReplicas, {
        path: ["maxReplicas"],
        error: message("must be at least `minReplicas`", "raise it, or lower `minReplicas`"),
      }),
  ],
  {
    error: message(
      "must be an object",
      "write it as { replicas }, or as { minReplicas, maxReplicas, targetCpuUtilization }",
    ),
  },
);

const path = text(
  /^(\/|(\/(?!\.{1,2}(\/|$))[-.\w~]+)+\/?)$/,
  "must be a path that starts with / and needs no escapes",
  "write it such as `/api`",
).refine(
  (prefix) => !/^\/(metrics\/?)?$/.test(prefix),
  message(
    "must not cover /metrics, which is nobody's business outside the cluster",
    "list the ERP's own paths, such as `/api`",
  ),
);

export const erp = z.strictObject({
  image,
  /** What the image's pods run; the worker's is completed by its queues and concurrency. */
  commands: z.strictObject({
    /** Serves on port 8000, with one worker process: the Python client loses series with several. */
    api: command,
    worker: command,
    beat: command,
    /** Brings the database to the image's schema; may run twice at once. */
    migrate: command,
    /** Ends when the database has the schema that the image expects. */
    awaitMigrations: command,
  }),
  api: z.strictObject({
    scale,
    /** Of each pod. */
    resources,
    /** Longest time from the stop signal to the last answer, `preStopSeconds` included. */
    terminationGracePeriodSeconds: positive,
    /** How long a pod that ends goes on serving while load balancers forget it. */
    preStopSeconds: count,
  }),
  celery: z.strictObject({
    /** Existing Secret in the namespace `erp` with the broker's URL for the exporter of queues and tasks. */
    exporterSecret: secretRef,
    /** Of that exporter, which keeps the newest tasks in memory: docs/decisions/celery-exporter.md. */
    exporterResources: resources,
    /** The first is the default one. */
    queues: unique(name).min(1),
    worker: z.strictObject({
      replicas: positive,
      /** Tasks that each pod works on at once. */
      concurrency: positive,
      /** Of each pod. */
      resources,
      /** At least the longest task. */
      terminationGracePeriodSeconds: positive,
    }),
    beat: z.strictObject({ resources }),
  }),
  /**
   * The hosts and path prefixes that are public; `/metrics` never is.
   * @default none: the API is reached by `kubectl port-forward`
   */
  ingress: z
    .strictObject({
      hosts: unique(hostName).min(1),
      paths: unique(path).min(1),
      /** Below one of `paths`, and answered with 200 to everybody: every host is asked for it over https. */
      probePath: path,
      /**
       * The Secret in the namespace `erp` that holds the certificate: it exists already, or `annotations` have
       * cert-manager create it.
       * @default the Ingress serves no TLS
       */
      tlsSecret: name.optional(),
      /** The annotations that the Ingress controller or cert-manager reads. @default none */
      annotations: annotations.optional(),
    })
    .optional(),
  postgresql: connection.extend({
    /** That its clients may open: `max_connections` without those that `superuser_reserved_connections` keeps back. */
    connections: positive,
    /** What each pod of the API, and each worker, opens at most: those that it keeps, and those of a rush. */
    pool: z.strictObject({ size: positive, overflow: count }),
    /**
     * How Prometheus knows the age of the newest base backup: whatever makes the backups exposes it.
     * @default no alert fires when backups are no longer made
     */
    backup: z
      .strictObject({
        /** Gauge whose value is the time of the newest base backup that succeeded, in Unix time. */
        metric: text(
          /^[a-zA-Z_:][a-zA-Z0-9_:]*$/,
          "must be the name of a metric, without labels",
          "write it such as `cnpg_collector_last_available_backup_timestamp`",
        ),
        /** Age above which `PostgresqlBackupOld` fires: the time between two backups, and what one may take. */
        maxAge: duration,
      })
      .optional(),
  }),
  redis: connection,
  /** The Elasticsearch server that the ERP searches with. @default the ERP runs without search */
  elasticsearch: connection.optional(),
  /** Which instrumentor names the HTTP metrics. */
  httpMetrics: z.enum(["starlette-prometheus", "fastapi-instrumentator"]),
  sentry,
  slos,
  /** The servers that run beside the ERP on a laptop; elsewhere somebody else runs them. @default none */
  inCluster: z
    .strictObject({
      postgresql: z.strictObject({
        /** Size of its volume. */
        storage: bytes,
        resources,
      }),
      redis: z.strictObject({ resources }),
      traffic: z.strictObject({ requestsPerSecond: positive, resources }),
    })
    .optional(),
  /** Of each exporter but Celery's. */
  exporterResources: resources,
});

export type Erp = z.infer<typeof erp>;
