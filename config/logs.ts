import { z } from "zod";
import { bytes, duration, httpUrl, name, replicas, resources } from "./fields";

const text = z.string().min(1);

/** Where Loki keeps chunks and index. Keys of object stores come from the pod's identity, never from here. */
const storage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("filesystem"), size: bytes }),
  z.strictObject({
    type: z.literal("s3"),
    bucket: text,
    region: text,
    endpoint: httpUrl.optional(),
    walSize: bytes,
    serviceAccountAnnotations: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    type: z.literal("gcs"),
    bucket: text,
    walSize: bytes,
    serviceAccountAnnotations: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    type: z.literal("azure"),
    accountName: text,
    container: text,
    walSize: bytes,
    serviceAccountAnnotations: z.record(z.string(), z.string()),
  }),
]);

export const loki = z.strictObject({
  replicas,
  storage,
  /** How long log lines can be searched. */
  retention: duration,
  resources,
  /** loki-canary on each node: measures lines lost. */
  canary: z.boolean(),
  /** Append-only: a period that data was written under is never edited. */
  schemaFrom: z.iso.date(),
});

export const logAgent = z.strictObject({
  /** Promtail reached its end of life on 2026-03-02. */
  kind: z.enum(["promtail"]),
  /** Namespaces besides ours whose pods' logs are collected. */
  namespaces: z.array(name),
  resources,
});
