import { z } from "zod";
import { inSeconds } from "../kit/queries/duration";
import { re2Finding } from "../kit/queries/regular-expression";
import { annotations, anyText, count, duration, labels, message, objectName, positive, unique } from "./fields";

/**
 * ServiceMonitors and PodMonitors of teams. The API server silently drops fields that their definitions do not have, so a
 * misspelt field would have no effect. Fields whose content is listed as unknown are checked by the API server.
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 */

const relabeling = z.strictObject({
  /** Names of the labels whose values are joined. @default none */
  sourceLabels: z.array(anyText).optional(),
  /** Text between the joined values. @default `;` */
  separator: z.string().optional(),
  /** Regular expression that the joined values match as a whole. @default `(.*)` */
  regex: z
    .string()
    .superRefine((given, context) => {
      const finding = re2Finding(given);
      if (finding) context.addIssue({ code: "custom", message: message(finding.rule, finding.remedy) });
    })
    .optional(),
  /** Value of the target label. @default `$1` */
  replacement: z.string().optional(),
  /** Label that is written. @default none */
  targetLabel: anyText.optional(),
  /** Divisor of `hashmod`. @default none */
  modulus: positive.optional(),
  action: z
    .enum([
      "replace",
      "keep",
      "drop",
      "hashmod",
      "labelmap",
      "labeldrop",
      "labelkeep",
      "lowercase",
      "uppercase",
      "keepequal",
      "dropequal",
    ])
    /** What the rule does. @default `replace` */
    .optional(),
});

const relabelings = z.array(relabeling);

/** Prometheus would send its own token to any target that a monitor names. */
const ofPrometheus = z.never({
  error: message("must not be set: it reads a file of Prometheus", "name a key of a Secret instead"),
});

const tlsConfig = z.looseObject({
  /** A file of Prometheus, which is refused. @default none */
  caFile: ofPrometheus.optional(),
  /** A file of Prometheus, which is refused. @default none */
  certFile: ofPrometheus.optional(),
  /** A file of Prometheus, which is refused. @default none */
  keyFile: ofPrometheus.optional(),
});

const endpoint = {
  /** Name of the port. @default `targetPort` or `portNumber` is set instead */
  port: anyText.optional(),
  /** Name or number of the port of the pods. @default `port` is set instead */
  targetPort: z.union([anyText, positive]).optional(),
  /** Path of the metrics. @default `/metrics` */
  path: anyText.optional(),
  /** `http` or `https`. @default `http` */
  scheme: z.enum(["http", "https"]).optional(),
  /** Parameters of the request, by name. @default none */
  params: z.record(anyText, z.array(z.string())).optional(),
  /** Time between two scrapes. @default that of Prometheus, 30s */
  interval: duration.optional(),
  /** Time after which a scrape fails; at most the interval. @default that of Prometheus, 10s */
  scrapeTimeout: duration.optional(),
  /** Whether labels of the samples replace those of the target. @default false */
  honorLabels: z.boolean().optional(),
  /** Whether the samples keep their own times. @default true */
  honorTimestamps: z.boolean().optional(),
  /** Whether series with own times end when they are missing. @default false */
  trackTimestampsStaleness: z.boolean().optional(),
  /** Relabeling of targets. @default none */
  relabelings: relabelings.optional(),
  /** Relabeling of samples. @default none */
  metricRelabelings: relabelings.optional(),
  /** Credentials, as keys of a Secret in the namespace `monitoring`. @default none */
  basicAuth: z.unknown().optional(),
  /** Credentials, as keys of a Secret in the namespace `monitoring`. @default none */
  authorization: z.unknown().optional(),
  /** Credentials, as keys of a Secret in the namespace `monitoring`. @default none */
  oauth2: z.unknown().optional(),
  /** Credentials, as a key of a Secret in the namespace `monitoring`. @default none */
  bearerTokenSecret: z.unknown().optional(),
  /** A file of Prometheus, which is refused. @default none */
  bearerTokenFile: ofPrometheus.optional(),
  /** How the certificate of the target is checked. @default as the system does */
  tlsConfig: tlsConfig.optional(),
  /** Whether redirects are followed. @default true */
  followRedirects: z.boolean().optional(),
  /** Whether HTTP/2 is used. @default true */
  enableHttp2: z.boolean().optional(),
  /** Whether pods that have ended are skipped. @default true */
  filterRunning: z.boolean().optional(),
};

const port = message("must have a port", "write `port`, with the name of the port");
const timeout = message("must not be longer than `interval`: the operator would refuse the monitor", "lower it");

const serviceEndpoint = z
  .strictObject(endpoint)
  .refine((one) => one.port !== undefined || one.targetPort !== undefined, port)
  .refine(isInTime, { path: ["scrapeTimeout"], error: timeout });

const podEndpoint = z
  .strictObject({
    ...endpoint,
    /** Number of the port. @default `port` is set instead */
    portNumber: positive.optional(),
  })
  .refine((one) => one.port !== undefined || one.targetPort !== undefined || one.portNumber !== undefined, port)
  .refine(isInTime, { path: ["scrapeTimeout"], error: timeout });

/** Prometheus scrapes every 30 seconds unless a monitor sets another interval. */
function isInTime({
  interval = "30s",
  scrapeTimeout = "0s",
}: Partial<Record<"interval" | "scrapeTimeout", string | undefined>>): boolean {
  return !(inSeconds(scrapeTimeout) > inSeconds(interval));
}

const metadata = z.strictObject({
  name: objectName,
  /** Labels of the monitor. @default only the label by which our Prometheus selects monitors */
  labels: labels.optional(),
  /** Annotations of the monitor. @default none */
  annotations: annotations.optional(),
});

const spec = {
  selector: z.strictObject({
    /** Labels that the selected objects have. @default any */
    matchLabels: labels.optional(),
    /** Conditions on the labels of the selected objects. @default none */
    matchExpressions: z.array(z.unknown()).optional(),
  }),
  /** Namespaces of the selected objects. @default all namespaces of the team */
  namespaceSelector: z.strictObject({ matchNames: unique(anyText).min(1) }).optional(),
  /** Label of the selected object whose value becomes the label `job`. @default the name of the Service or of the monitor */
  jobLabel: anyText.optional(),
  /** Labels of pods that become labels of samples. @default none */
  podTargetLabels: z.array(anyText).optional(),
  /** Samples of a scrape above which it is refused. @default no limit */
  sampleLimit: count.optional(),
  /** Targets above which all scrapes are refused. @default no limit */
  targetLimit: count.optional(),
  /** Labels of a sample above which the scrape is refused. @default no limit */
  labelLimit: count.optional(),
  /** Length of the name of a label above which the scrape is refused. @default no limit */
  labelNameLengthLimit: count.optional(),
  /** Length of the value of a label above which the scrape is refused. @default no limit */
  labelValueLengthLimit: count.optional(),
  /** Size of an answer above which the scrape is refused. @default no limit */
  bodySizeLimit: anyText.optional(),
};

const apiVersion = z.literal("monitoring.coreos.com/v1");

/** A ServiceMonitor or a PodMonitor, without the fields that synth adds. */
export const monitor = z.discriminatedUnion("kind", [
  z.strictObject({
    apiVersion,
    kind: z.literal("ServiceMonitor"),
    metadata,
    spec: z.strictObject({
      ...spec,
      /** Labels of Services that become labels of samples. @default none */
      targetLabels: z.array(anyText).optional(),
      endpoints: z.array(serviceEndpoint).min(1),
    }),
  }),
  z.strictObject({
    apiVersion,
    kind: z.literal("PodMonitor"),
    metadata,
    spec: z.strictObject({ ...spec, podMetricsEndpoints: z.array(podEndpoint).min(1) }),
  }),
]);

export type Monitor = z.infer<typeof monitor>;
