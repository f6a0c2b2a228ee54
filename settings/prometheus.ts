import { z } from "zod";
import {
  bytes,
  duration,
  httpUrl,
  message,
  positive,
  prometheusSize,
  resources,
  secretRef,
  text,
  unique,
} from "./fields";
import { bytesOf, prometheusBytesOf } from "./quantity";

const remoteWrite = z.strictObject({
  /** Where the receiver takes samples, such as `https://mimir.example.com/api/v1/push`. */
  url: httpUrl,
  /**
   * The user name and password that the receiver demands, as keys of a Secret in the namespace `monitoring`.
   * @default no authentication
   */
  basicAuth: z.strictObject({ username: secretRef, password: secretRef }).optional(),
});

/** The operator and the stacks set these themselves. */
const labelName = text(
  /^(?!(environment|prometheus|prometheus_replica)$)(?!__)[a-zA-Z_]\w*$/,
  "must be a label name, and none that is set already: `environment`, `prometheus`, `prometheus_replica`",
  "choose letters, digits and underscores, such as `region`",
);

/** Above this share of its volume, Prometheus has no room left for the write-ahead log. */
const fullest = 0.85;

export const prometheus = z
  .strictObject({
    /** Each scrapes everything by itself; two survive the loss of one. */
    replicas: positive,
    /** How long samples are kept, such as `15d`. */
    retention: duration,
    /** Samples are deleted when they take more than this; at most 85 % of `storage`. `GB` counts 2³⁰ bytes. */
    retentionSize: prometheusSize,
    /** The size that each replica's volume has. @default samples are lost when the pod ends */
    storage: bytes.optional(),
    /** Of each replica. */
    resources,
    /**
     * The address at which people open Prometheus, which links in notifications contain.
     * @default links contain the address inside the cluster
     */
    externalUrl: httpUrl.optional(),
    /** Added to everything that leaves this Prometheus; `environment` is always among them. */
    externalLabels: z.record(labelName, z.string()),
    /** Where samples are sent besides, to be kept for longer; alerts tell when they do not arrive. */
    remoteWrite: unique(remoteWrite, ({ url }) => url),
  })
  .refine(({ retentionSize, storage }) => !(prometheusBytesOf(retentionSize) > fullest * bytesOf(storage ?? "")), {
    path: ["retentionSize"],
    error: message(
      "must be at most 85 % of `storage`: the write-ahead log needs the rest",
      "lower it, or raise `prometheus.storage`",
    ),
  });
