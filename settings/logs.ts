import { z } from "zod";
import { inSeconds } from "../kit/queries/duration";
import { bytes, duration, message, name, positive, resources, unique } from "./fields";
import { identityAnnotations } from "./identity-annotations";
import { azureAccount, azureContainer, gcsBucket, isAwsRegion, region, s3Bucket } from "./object-stores";
import { baseUrl } from "./urls";

/** Settings of every object store. Credentials come from the identity of the pods and are never settings. */
const objectStorage = {
  /** Size of each replica's volume for data that is not in the store yet. */
  walSize: bytes,
  /**
   * Annotations that bind the pods' ServiceAccount to an identity of the cloud with read and write access to the store.
   */
  serviceAccountAnnotations: identityAnnotations,
};

/** Storage of Loki's chunks and index. */
const storage = z.discriminatedUnion("type", [
  /** A volume, which allows one replica only. */
  z.strictObject({ type: z.literal("filesystem"), size: bytes }),
  z
    .strictObject({
      type: z.literal("s3"),
      bucket: s3Bucket,
      /** Region of the bucket. An S3-compatible store has regions of its own. */
      region,
      /** The address of an S3-compatible store. @default Amazon S3 */
      endpoint: baseUrl.optional(),
      ...objectStorage,
    })
    .refine(({ endpoint, region: given }) => endpoint !== undefined || isAwsRegion(given), {
      path: ["region"],
      error: message(
        "must be a region of Amazon",
        "write it such as `eu-central-1`, or set `endpoint` for another store",
      ),
    }),
  z.strictObject({ type: z.literal("gcs"), bucket: gcsBucket, ...objectStorage }),
  z.strictObject({ type: z.literal("azure"), accountName: azureAccount, container: azureContainer, ...objectStorage }),
]);

/** The year in which the first version of Loki was released. */
const firstDay = "2019-01-01";

export const loki = z
  .strictObject({
    /** 1, or 3 on object storage. With 3, each log line is kept three times until it is stored. */
    replicas: positive,
    storage,
    /** How long log lines are kept, such as `30d`. */
    retention: duration.refine(
      (retention) => !(inSeconds(retention) < inSeconds("1d")),
      message("must be at least 1d: Loki deletes whole days", "use `1d` or more"),
    ),
    /** Resources of each replica. */
    resources,
    /** Whether loki-canary runs on each node and measures lost lines. */
    canary: z.boolean(),
    /** First day of the index schema. Periods are append-only: never change one under which data was written. */
    schemaFrom: z.iso
      .date({ error: message("must be a day", "write it such as `2026-01-01`"), abort: true })
      .refine(
        (day) => day >= firstDay,
        message(
          `must be ${firstDay} or later: Loki did not exist before`,
          "write the day of the first deployment, such as `2026-01-01`",
        ),
      ),
  })
  .refine(({ replicas, storage }) => storage.type !== "filesystem" || replicas === 1, {
    path: ["replicas"],
    error: message(
      "must be 1 with `filesystem` storage: replicas cannot share a volume",
      "use 1, or configure a bucket as `loki.storage`",
    ),
  })
  .refine(({ replicas, storage }) => storage.type === "filesystem" || replicas === 1 || replicas === 3, {
    path: ["replicas"],
    error: message(
      "must be 1 or 3: with 3, Loki writes each line three times",
      "use 3 to survive the loss of one replica",
    ),
  });

export const logAgent = z.strictObject({
  /**
   * The log agent. Promtail is the original choice but reached its end of life on 2026-03-02. Alloy runs the same
   * pipeline.
   */
  kind: z.enum(["promtail", "alloy"]),
  /** Additional namespaces from which pod logs are collected. */
  namespaces: unique(name),
  /** Resources of the log agent on each node. */
  resources,
  /**
   * The `containerLogMaxSize` of the kubelets: the size at which a node rotates the log file of a container. It decides how
   * many lines survive an outage of Loki (`npm run size`).
   * @default 10Mi, as in the kubelet
   */
  containerLogMaxSize: bytes.optional(),
});
