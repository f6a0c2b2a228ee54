import type { Disruption } from "./disruption";
import { disruptions, reportReaders } from "./disruptions";

/** A slice of the recording, and the disruptions of the ERP while it is captured. */
export interface Slice {
  readonly name: string;
  /** The events of the slice, in a few words. */
  readonly title: string;
  /** Whether the system is healthy all the time (`quiet`), is changed as planned, or is disrupted (`trouble`). */
  readonly kind: "quiet" | "change" | "trouble";
  /** What disrupts the ERP. @default the ERP is not disrupted */
  readonly disruptions?: () => readonly Disruption[];
  /**
   * The disruptions last until each of these alerts has fired for a minute.
   * @default they last as long as `minutes` states
   */
  readonly alerts?: readonly string[];
  /** Minutes before the disruptions, at least during them, and after them. */
  readonly minutes: readonly [before: number, disrupted: number, after: number];
}

/**
 * All slices, in the order of their capture. Slices that use up the error budget come last, because later slices would
 * show that.
 */
export const slices: readonly Slice[] = [
  { name: "quiet", title: "Twenty quiet minutes", kind: "quiet", minutes: [20, 0, 0] },
  {
    name: "deployment",
    title: "A deployment of the API and of the workers, and its rollback",
    kind: "change",
    disruptions: () => [disruptions.newApi, disruptions.newWorkers],
    minutes: [1.5, 3, 3],
  },
  {
    name: "slow-route",
    title: "A slow route, a queue that the workers cannot empty, and secrets in the log",
    kind: "trouble",
    disruptions: () => [reportReaders(), disruptions.slowRoute, disruptions.fullQueue, disruptions.leakedSecrets],
    alerts: ["ErpRouteSlow", "CeleryQueueLong"],
    minutes: [1.5, 10, 1.5],
  },
  {
    name: "failing-pods",
    title: "A failed Job, failing tasks and probes, a pod without memory and one that floods the log",
    kind: "trouble",
    disruptions: () => [
      disruptions.failingTasks,
      disruptions.failingJob,
      disruptions.outOfMemory,
      disruptions.floodedLog,
      disruptions.failingProbes,
    ],
    alerts: ["ErpJobFailed", "ContainerOutOfMemory"],
    minutes: [1.5, 5, 2],
  },
  {
    name: "redis-full",
    title: "Redis refuses writes, and Elasticsearch is away",
    kind: "trouble",
    disruptions: () => [disruptions.fullRedis, disruptions.noElasticsearch],
    alerts: ["RedisRefusesWrites", "ElasticsearchDown"],
    minutes: [1.5, 3, 2],
  },
  {
    name: "outage",
    title: "No pod of the API runs",
    kind: "trouble",
    disruptions: () => [disruptions.noApi],
    alerts: ["ErpDown"],
    minutes: [2, 2.5, 2],
  },
  {
    name: "failing-requests",
    title: "Most requests fail, because a table is missing",
    kind: "trouble",
    disruptions: () => [disruptions.missingTable],
    alerts: ["ErpErrorBudgetBurn"],
    minutes: [1, 2, 1.5],
  },
  {
    name: "postgresql-away",
    title: "PostgreSQL is away",
    kind: "trouble",
    disruptions: () => [disruptions.noPostgresql],
    alerts: ["PostgresqlDown"],
    minutes: [1, 2, 1.5],
  },
];
