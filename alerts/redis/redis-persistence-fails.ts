import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";

const { snapshotSucceeded, appendSucceeded } = redis;

const persistenceSamples = (snapshot: Part[], append: Part[]) => [
  samples(snapshotSucceeded, snapshot),
  samples(appendSucceeded, append),
];

const failing = [holds(1, "5m"), holds(0, lasting("20m")), holds(1, "5m")];

const succeeding = [holds(1, "40m")];

/**
 * The queues are in memory: without a snapshot, a restart loses the tasks that wait. By default, Redis also refuses
 * writes after a failed snapshot.
 */
export const redisPersistenceFails = alert({
  name: "RedisPersistenceFails",
  group: "erp-availability",
  severity: "warning",
  service: "redis",
  team: "erp",
  measure: promql`min(${snapshotSucceeded} * ${appendSucceeded})`,
  below: count(1),
  for: "10m",
  summary: "Redis cannot save its data to disk: a restart would lose waiting tasks.",
  description: "The last snapshot of Redis, or the last write to its append-only file, failed.",
  scenarios: {
    "a snapshot fails": fires({
      given: persistenceSamples(failing, succeeding),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "the append-only file cannot be written": fires({
      given: persistenceSamples(succeeding, failing),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "one snapshot fails and the next one succeeds": blip({
      given: persistenceSamples([holds(1, "5m"), holds(0, "5m"), holds(1, "30m")], succeeding),
    }),
    "there are no metrics of Redis": absence(
      silent({
        given: persistenceSamples([gone("40m")], [gone("40m")]),
        because: "RedisDown, RedisUnobserved or ErpTargetsMissing fires",
      }),
    ),
  },
});
