import { z } from "zod";
import {
  annotations,
  bytes,
  count,
  duration,
  message,
  objectName,
  positive,
  resources,
  secretRef,
  text,
  unique,
} from "./fields";
import { identity } from "./identity";
import { image } from "./images";
import { pod, workloadPod } from "./pod";
import { command } from "./program-command";
import { sentry } from "./sentry";
import { slos } from "./slos";
import { hostName } from "./urls";

/** Existing Secrets in the namespace `erp`. Each key holds a URL with credentials. */
const connection = z.strictObject({
  /** Credentials of the ERP. */
  secret: secretRef,
  /**
   * Credentials of the exporter, which needs to read statistics only. In PostgreSQL, this is a role with `pg_monitor`.
   */
  exporterSecret: secretRef,
  /** Settings of the exporter's pod. @default those of `pods` only */
  exporterPod: workloadPod.optional(),
});

/** A fixed number of pods, or bounds for autoscaling by CPU use. */
const scale = z.union(
  [
    z.strictObject({ replicas: positive }),
    z
      .strictObject({
        minReplicas: positive,
        maxReplicas: positive,
        /** Average CPU use in percent of the pods' requests. */
        targetCpuUtilization: z
          .int({ error: message("must be a whole number of percent", "use 70") })
          .min(1, message("must be at least 1 %", "use 70"))
          .max(100, message("must be at most 100 %: it is a percentage of the pods' requests", "use 70")),
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

/** Name of a queue. Celery separates names with commas, and AMQP limits them to 255 bytes. */
const queue = text(
  /^[A-Za-z0-9_][-A-Za-z0-9_.:@/+]{0,254}$/,
  "must be the name of a queue: letters, digits, `_`, `-`, `.`, `:`, `@`, `/` and `+`, at most 255",
  "write it such as `default`",
);

const path = text(
  /^(\/|(\/(?!\.{1,2}(\/|$))[-.\w~]+)+\/?)$/,
  "must be a path that starts with / and needs no escapes",
  "write it such as `/api`",
)
  .refine(
    (prefix) => !/^\/(metrics\/?)?$/.test(prefix),
    message(
      "must not include /metrics, which must stay private to the cluster",
      "list the ERP's own paths, such as `/api`",
    ),
  )
  .refine(
    (prefix) => !/^\/healthz(\/ready)?\/?$/.test(prefix),
    message(
      "must not include /healthz/ready, which names the servers that the ERP cannot reach",
      "list `/healthz/live` for the probe, and the ERP's own paths, such as `/api`",
    ),
  );

export const erp = z.strictObject({
  image,
  /**
   * Settings of the pods of all programs of the ERP: of the API, the workers, beat, and the Job that migrates the database.
   * Containers that wait for the database have them too.
   * @default those of `pods` only
   */
  pod: pod.optional(),
  /** Commands of the ERP's pods. The queues and the concurrency are appended to the worker's command. */
  commands: z.strictObject({
    /** Serves the API on port 8000, with one worker process: the Python client library loses series with several. */
    api: command,
    worker: command,
    beat: command,
    /** Migrates the database to the schema of the image. It may run twice at the same time. */
    migrate: command,
    /** Exits when the database has the schema that the image expects. */
    awaitMigrations: command,
  }),
  api: z.strictObject({
    scale,
    /** Resources of each pod. */
    resources,
    /** Longest time from the stop signal to the last response, `preStopSeconds` included. */
    terminationGracePeriodSeconds: positive.max(
      3600,
      message("must be at most 3600, one hour: it is a number of seconds", "use a value such as 45"),
    ),
    /** How long a pod that is stopped continues to serve, until load balancers no longer send requests to it. */
    preStopSeconds: count,
    /** Settings of the API's pods, in addition to `erp.pod`. @default none */
    pod: workloadPod.optional(),
  }),
  celery: z.strictObject({
    /** Existing Secret in the namespace `erp` with the broker's URL for the exporter of queues and tasks. */
    exporterSecret: secretRef,
    /** Resources of the Celery exporter, which keeps the newest tasks in memory: docs/decisions/celery-exporter.md. */
    exporterResources: resources,
    /** Settings of the Celery exporter's pod. @default those of `pods` only */
    exporterPod: workloadPod.optional(),
    /** Names of the task queues. The first one is the default queue. */
    queues: unique(queue).min(1),
    worker: z.strictObject({
      replicas: positive,
      /** Number of tasks that each pod runs at once. */
      concurrency: positive,
      /** Resources of each pod. */
      resources,
      /** Time to finish running tasks after the stop signal: at least the duration of the longest task. */
      terminationGracePeriodSeconds: positive.max(
        86_400,
        message("must be at most 86400, one day: it is a number of seconds", "use a value such as 300"),
      ),
      /** Settings of the workers' pods, in addition to `erp.pod`. @default none */
      pod: workloadPod.optional(),
    }),
    beat: z.strictObject({
      resources,
      /** Settings of beat's pod, in addition to `erp.pod`. @default none */
      pod: workloadPod.optional(),
    }),
  }),
  /**
   * The public hosts and path prefixes. `/metrics` and `/healthz/ready` are never public.
   * @default none: the API is reached by `kubectl port-forward`
   */
  ingress: z
    .strictObject({
      hosts: unique(hostName).min(1),
      paths: unique(path).min(1),
      /**
       * Path that is probed over https at every host. It must be below one of `paths` and answer 200 without
       * authentication.
       */
      probePath: path,
      /**
       * The Secret in the namespace `erp` that holds the certificate. It exists already, or cert-manager creates it
       * because of `annotations`.
       * @default the Ingress serves no TLS
       */
      tlsSecret: objectName.optional(),
      /** The annotations that the Ingress controller or cert-manager reads. @default none */
      annotations: annotations.optional(),
    })
    .optional(),
  postgresql: connection.extend({
    /** Number of connections available to clients: `max_connections` minus `superuser_reserved_connections`. */
    connections: positive,
    /**
     * Connection pool of each API pod and of each worker: `size` connections are kept open, and `overflow` more are
     * opened under load.
     */
    pool: z.strictObject({ size: positive, overflow: count }),
    /**
     * Metric with the age of the newest base backup, exposed by the program that makes the backups.
     * @default no alert fires when backups are no longer made
     */
    backup: z
      .strictObject({
        /** Gauge whose value is the Unix time of the newest successful base backup. */
        metric: text(
          /^[a-zA-Z_:][a-zA-Z0-9_:]*$/,
          "must be the name of a metric, without labels",
          "write it such as `cnpg_collector_last_available_backup_timestamp`",
        ),
        /** Age above which `PostgresqlBackupOld` fires: the time between two backups plus the duration of one. */
        maxAge: duration,
      })
      .optional(),
  }),
  redis: connection,
  /** The Elasticsearch server of the ERP's search. @default the ERP searches in PostgreSQL only */
  elasticsearch: connection.optional(),
  /**
   * How the ERP knows its users. Every environment states it, because the API is reachable from other pods even without
   * an Ingress.
   */
  identity,
  /** HTTP metrics library of the ERP, which determines the names of the HTTP metrics. */
  httpMetrics: z.enum(["starlette-prometheus", "fastapi-instrumentator"]),
  sentry,
  slos,
  /**
   * PostgreSQL, Redis and a traffic generator inside the cluster, for tier `local` only. @default none: the servers are
   * run elsewhere
   */
  inCluster: z
    .strictObject({
      postgresql: z.strictObject({
        /** Size of PostgreSQL's volume. */
        storage: bytes,
        resources,
      }),
      redis: z.strictObject({ resources }),
      traffic: z.strictObject({ requestsPerSecond: positive, resources }),
    })
    .optional(),
  /** Resources of each exporter except the Celery exporter. */
  exporterResources: resources,
});

export type Erp = z.infer<typeof erp>;
