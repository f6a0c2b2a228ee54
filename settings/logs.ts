import { z } from "zod";
import { inSeconds } from "../kit/queries/duration";
import { annotations, anyText, bytes, duration, httpUrl, message, name, positive, resources, unique } from "./fields";

/** What every object store needs. Its credentials come from the pods' identity, never from here. */
const objectStorage = {
  /** Volume of each replica for what is not in the store yet. */
  walSize: bytes,
  /** Bind the pods' ServiceAccount to an identity of the cloud that may read and write the store. */
  serviceAccountAnnotations: annotations,
};

/** Where Loki keeps chunks and index. */
const storage = z.discriminatedUnion("type", [
  /** One volume, so one replica. */
  z.strictObject({ type: z.literal("filesystem"), size: bytes }),
  z.strictObject({
    type: z.literal("s3"),
    bucket: anyText,
    region: anyText,
    /** The address of a store that is not Amazon's own but speaks its protocol. @default Amazon's own address */
    endpoint: httpUrl.optional(),
    ...objectStorage,
  }),
  z.strictObject({ type: z.literal("gcs"), bucket: anyText, ...objectStorage }),
  z.strictObject({ type: z.literal("azure"), accountName: anyText, container: anyText, ...objectStorage }),
]);

export const loki = z
  .strictObject({
    /** 1, or 3 on object storage, where each line is then held three times until it is stored. */
    replicas: positive,
    storage,
    /** How long log lines can be searched, such as `30d`; then they are deleted. */
    retention: duration.refine(
      (retention) => !(inSeconds(retention) < inSeconds("1d")),
      message("must be at least 1d: Loki deletes whole days", "use `1d` or more"),
    ),
    /** Of each replica. */
    resources,
    /** loki-canary on each node: measures lines lost. */
    canary: z.boolean(),
    /** First day of the index schema. Append-only: a period that data was written under is never edited. */
    schemaFrom: z.iso.date(message("must be a day", "write it such as `2026-01-01`")),
  })
  .refine(({ replicas, storage }) => storage.type !== "filesystem" || replicas === 1, {
    path: ["replicas"],
    error: message("must be 1 on a volume, which replicas cannot share", "use 1, or move `loki.storage` to a bucket"),
  })
  .refine(({ replicas, storage }) => storage.type === "filesystem" || replicas === 1 || replicas === 3, {
    path: ["replicas"],
    error: message("must be 1 or 3: with 3, Loki writes each line three times", "use 3 to survive the loss of one"),
  });

export const logAgent = z.strictObject({
  /** Promtail was asked for, and reached its end of life on 2026-03-02. Alloy is given the same pipeline. */
  kind: z.enum(["promtail", "alloy"]),
  /** Namespaces besides ours whose pods' logs are collected. */
  namespaces: unique(name),
  /** On each node. */
  resources,
});
