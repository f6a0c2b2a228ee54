import { z } from "zod";
import { bytes, duration, httpUrl, prometheusSize, replicas, resources, secretRef } from "./fields";

const remoteWrite = z.strictObject({
  url: httpUrl,
  /** User name and password as keys of one Secret in the namespace `monitoring`. @default no authentication */
  basicAuth: z.strictObject({ username: secretRef, password: secretRef }).optional(),
});

export const prometheus = z.strictObject({
  replicas,
  /** How long samples are kept. */
  retention: duration,
  /** Samples are deleted when they take more than this; at most 85 % of `storage`. */
  retentionSize: prometheusSize,
  /** Size of each replica's volume. @default samples are lost when the pod ends */
  storage: bytes.optional(),
  resources,
  /** Under which address people open it, for links in notifications. @default none */
  externalUrl: httpUrl.optional(),
  /** Added to everything that leaves this Prometheus; `environment` is always among them. */
  externalLabels: z.record(z.string(), z.string()),
  remoteWrite: z.array(remoteWrite),
});
