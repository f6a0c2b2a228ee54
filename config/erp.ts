import { z } from "zod";
import { bytes, count, duration, hostName, image, name, replicas, resources, secretRef } from "./fields";

const command = z.array(z.string().min(1)).min(1);

const ratio = z
  .number()
  .gt(0, "must be above 0\nwrite a share such as 0.1")
  .lte(1, "must be at most 1\nwrite a share such as 0.1");

/** The DSN is a secret: the environment holds only where it comes from. `revision` rises with each rotation and rolls the pods. */
const sentry = z.discriminatedUnion("mode", [
  /** From the Terraform variable `sentry_dsn` (`TF_VAR_sentry_dsn`), written once for each revision. */
  z.strictObject({
    mode: z.literal("managed"),
    revision: replicas,
    tracesSampleRate: ratio,
    profilesSampleRate: ratio,
  }),
  z.strictObject({
    mode: z.literal("existing"),
    secret: secretRef,
    revision: replicas,
    tracesSampleRate: ratio,
    profilesSampleRate: ratio,
  }),
  z.strictObject({ mode: z.literal("off") }),
]);

/** Existing Secrets in the namespace `erp`, each key holding a URL with credentials: the ERP's, and the exporter's least-privileged one. */
const connection = z.strictObject({ secret: secretRef, exporterSecret: secretRef });

const slo = z.strictObject({
  /** Share of requests that must succeed, as a number below 1: `0.999`. */
  objective: z.number().gt(0).lt(1),
  window: duration,
});

const scale = z.union([
  z.strictObject({ replicas }),
  z.strictObject({ minReplicas: replicas, maxReplicas: replicas, targetCpuUtilization: z.int().min(1).max(100) }),
]);

export const erp = z.strictObject({
  image,
  /** What the image's pods run; the worker's is completed by its queues and concurrency. */
  commands: z.strictObject({
    api: command,
    worker: command,
    beat: command,
    migrate: command,
    /** Ends when the database has the schema that the image expects. */
    awaitMigrations: command,
  }),
  api: z.strictObject({
    scale,
    resources,
    /** Longest time from the stop signal to the last answer, preStop included. */
    terminationGracePeriodSeconds: count,
    /** How long a pod that ends goes on serving while load balancers forget it. */
    preStopSeconds: count,
  }),
  celery: z.strictObject({
    /** Existing Secret with the broker's URL for the exporter of queues and tasks. */
    exporterSecret: secretRef,
    queues: z.array(name).min(1),
    worker: z.strictObject({
      replicas,
      concurrency: replicas,
      resources,
      /** At least the longest task. */
      terminationGracePeriodSeconds: count,
    }),
    beat: z.strictObject({ resources }),
  }),
  /** Hosts and path prefixes that are public; `/metrics` never is. @default reached by `kubectl port-forward` */
  ingress: z
    .strictObject({
      hosts: z.array(hostName).min(1),
      paths: z.array(z.string().regex(/^\/\S*$/, "must start with /\nwrite it such as `/api`")).min(1),
      tlsSecret: name.optional(),
      annotations: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  postgresql: connection,
  redis: connection,
  /** @default the ERP runs without search */
  elasticsearch: connection.optional(),
  /** Which instrumentor names the HTTP metrics. */
  httpMetrics: z.enum(["starlette-prometheus", "fastapi-instrumentator"]),
  sentry,
  slos: z.strictObject({
    availability: slo,
    /** `threshold` in seconds must be a bucket bound of the profile. */
    latency: slo.extend({ threshold: z.number().gt(0) }),
  }),
  /** Servers that run beside the ERP for a laptop; elsewhere they are someone's own. @default none */
  inCluster: z
    .strictObject({
      postgresql: z.strictObject({ storage: bytes, resources }),
      redis: z.strictObject({ resources }),
      traffic: z.strictObject({ requestsPerSecond: replicas, resources }),
    })
    .optional(),
  exporterResources: resources,
});

export type Erp = z.infer<typeof erp>;
