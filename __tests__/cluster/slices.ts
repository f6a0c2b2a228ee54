import { clientPod, type Harm, harms } from "./harms";

/** A part of the recording: what is done to the ERP while it is captured. */
export interface Slice {
  readonly name: string;
  /** What happens, in a few words. */
  readonly title: string;
  /** Whether the system is healthy all the time, is changed as planned, or is in trouble. */
  readonly mood: "quiet" | "change" | "trouble";
  /** @default nothing is done */
  readonly harm?: () => readonly Harm[];
  /** The fault lasts until each of these alerts has fired for a minute. @default it lasts as long as `minutes` states */
  readonly alerts?: readonly string[];
  /** Minutes before the harm, at least with it, and after it. */
  readonly minutes: readonly [before: number, harmed: number, after: number];
}

/** In the order in which they are captured: what spends the error budget, which later slices would show, comes last. */
export const slices: readonly Slice[] = [
  { name: "quiet", title: "Twenty quiet minutes", mood: "quiet", minutes: [20, 0, 0] },
  {
    name: "deployment",
    title: "A deployment of the API and of the workers, and its rollback",
    mood: "change",
    harm: () => [harms.newApi, harms.newWorkers],
    minutes: [1.5, 3, 3],
  },
  {
    name: "slow-route",
    title: "A slow route, a queue that the workers cannot empty, and secrets in the log",
    mood: "trouble",
    harm: () => [readers(), harms.slowRoute, harms.fullQueue, harms.leakedSecrets],
    alerts: ["ErpRouteSlow", "CeleryQueueLong"],
    minutes: [1.5, 10, 1.5],
  },
  {
    name: "failing-pods",
    title: "A failed Job, failing tasks and probes, a pod without memory and one that floods the log",
    mood: "trouble",
    harm: () => [harms.failingTasks, harms.failingJob, harms.outOfMemory, harms.floodedLog, harms.failingProbes],
    alerts: ["ErpJobFailed", "ContainerOutOfMemory"],
    minutes: [1.5, 5, 2],
  },
  {
    name: "redis-full",
    title: "Redis refuses writes, and Elasticsearch is down",
    mood: "trouble",
    harm: () => [harms.fullRedis, harms.noElasticsearch],
    alerts: ["RedisRefusesWrites", "ElasticsearchDown"],
    minutes: [1.5, 3, 2],
  },
  {
    name: "outage",
    title: "No pod of the API runs",
    mood: "trouble",
    harm: () => [harms.noApi],
    alerts: ["ErpDown"],
    minutes: [2, 2.5, 2],
  },
  {
    name: "failing-requests",
    title: "Most requests fail, because a table is missing",
    mood: "trouble",
    harm: () => [harms.missingTable],
    alerts: ["ErpErrorBudgetBurn"],
    minutes: [1, 2, 1.5],
  },
  {
    name: "postgresql-away",
    title: "PostgreSQL is down",
    mood: "trouble",
    harm: () => [harms.noPostgresql],
    alerts: ["PostgresqlDown"],
    minutes: [1, 2, 1.5],
  },
];

/** Clients of the route that `slowRoute` slows, which else hardly anybody asks. */
function readers(): Harm {
  const today = new Date().toISOString().slice(0, 10);
  return clientPod("load", `http://erp-api.erp.svc:8000/api/v1/reports/${today}`, "180", "0.2");
}
