import { z } from "zod";
import { bytesOf, prometheusBytesOf } from "../kit/queries/quantity";
import { bytes, duration, message, positive, prometheusSize, resources, text, unique } from "./fields";
import { remoteWrite } from "./remote-write";
import { baseUrl } from "./urls";

/** Name of an external label. The operator and the stacks set the excluded names themselves. */
const labelName = text(
  /^(?!(environment|prometheus|prometheus_replica)$)(?!__)[a-zA-Z_]\w*$/,
  "must be a label name other than `environment`, `prometheus` and `prometheus_replica`, which are already set",
  "use letters, digits and underscores, such as `region`",
);

/** Three segments of the write-ahead log, and as much for blocks and chunks of the newest hours as for one segment. */
const leastBytes = 512 * 2 ** 20;

/** Largest share of the volume for samples. The write-ahead log needs the rest. */
const mostShare = 0.85;

export const prometheus = z
  .strictObject({
    /** Number of Prometheus servers. Each scrapes all targets; two survive the loss of one. */
    replicas: positive,
    /**
     * How long samples are kept, such as `31d`: at least the windows of `erp.slos`. Rules and panels that read older
     * samples are left out, and synth lists them.
     */
    retention: duration,
    /** Samples are deleted when they take more than this; at most 85 % of `storage`. `GB` counts 2³⁰ bytes. */
    retentionSize: prometheusSize.refine(
      (size) => !(prometheusBytesOf(size) < leastBytes),
      message(
        "must be at least 512MB: the newest three segments of the write-ahead log, of 128 MiB each, are counted and never deleted, so that with less no block is kept",
        "use a size such as `8GB`",
      ),
    ),
    /** Size of each replica's volume. @default samples are lost when the pod ends */
    storage: bytes.optional(),
    /** Resources of each replica. */
    resources,
    /**
     * The address at which people open Prometheus, which links in notifications contain.
     * @default links contain the address inside the cluster
     */
    externalUrl: baseUrl.optional(),
    /** Labels that are added to all alerts and samples that leave this Prometheus. `environment` is always added. */
    externalLabels: z.record(labelName, z.string()),
    /** Long-term storage to which samples are also sent. Alerts fire when samples do not arrive. */
    remoteWrite: unique(remoteWrite, ({ url }) => url),
  })
  .refine(({ retentionSize, storage }) => !(prometheusBytesOf(retentionSize) > mostShare * bytesOf(storage ?? "")), {
    path: ["retentionSize"],
    error: message(
      "must be at most 85 % of `storage`: the write-ahead log needs the rest",
      "lower it, or raise `prometheus.storage`",
    ),
  });
