import * as units from "@grafana/grafana-foundation-sdk/units";
import { redisPersistenceFails } from "../../alerts/redis/redis-persistence-fails";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";
import { currentValue, perSecond, scraped } from "./redis-queries";

const third = { ...scraped, width: 8 };

/** Keys in Redis, and whether a restart would keep them. */
export function data(): Panel[] {
  return [
    keys(),
    removedKeys(),
    alertPanel(redisPersistenceFails, { title: "Last write to disk succeeded", width: 8, legend: "succeeded" }),
    age(),
    unsavedChanges(),
  ];
}

function keys(): Panel {
  const held = promql`sum by (db) (${redis.keys}{namespace="$namespace"})`;
  return timeseries({
    ...third,
    title: "Keys",
    description:
      "Keys by database, and all keys with an expiry. db0 holds the queues of the broker, and each queue is a single key, regardless of its length. db1 holds the cache. If the number of keys without an expiry grows, nothing removes them.",
    unit: units.Short,
    queries: [
      { query: promql`${held} > 0`, legend: "{{db}}" },
      { query: promql`sum(${redis.expiringKeys}{namespace="$namespace"})`, legend: "with an expiry" },
    ],
  });
}

function removedKeys(): Panel {
  return timeseries({
    ...third,
    title: "Expired and evicted keys",
    description:
      "Keys per second that expired, and that Redis evicted because memory was full. If any key is evicted, see RedisEvictsTasks, because the keys may be tasks.",
    unit: units.CountsPerSecond,
    queries: [
      { query: perSecond(redis.expired), legend: "expired" },
      { query: perSecond(redis.evicted), legend: "evicted" },
    ],
  });
}

function age(): Panel {
  return timeseries({
    ...third,
    title: "Age of the last snapshot",
    description:
      "Time since the data was last written to disk, or since the start if there was no snapshot yet. Later changes are lost if the process dies, unless there is an append-only file.",
    unit: units.Seconds,
    width: 12,
    queries: [{ query: promql`time() - ${currentValue(redis.lastSnapshot)}`, legend: "age" }],
  });
}

function unsavedChanges(): Panel {
  return timeseries({
    ...third,
    title: "Changes since the last snapshot",
    description:
      "Writes that no snapshot contains. The line falls to 0 with each snapshot. If the line only rises, no snapshot is written, because of an error or because `save` is empty.",
    unit: units.Short,
    width: 12,
    queries: [{ query: currentValue(redis.unsavedChanges), legend: "changes" }],
  });
}
