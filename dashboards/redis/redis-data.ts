import * as units from "@grafana/grafana-foundation-sdk/units";
import { redisPersistenceFails } from "../../alerts/redis/redis-persistence-fails";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";
import { currentValue, perSecond, scraped } from "./redis-queries";

const third = { ...scraped, width: 8 };

/** What it holds, and whether a restart would keep it. */
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
      "Keys by database, and those of all that go by themselves. db0 holds the broker's queues, each a single key however long it is; db1 the cache. Keys without an expiry that grow: nobody will remove them.",
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
    title: "Keys that leave",
    description:
      "Keys per second whose time was over, and that were thrown away because memory was full. Any thrown away: see RedisEvictsTasks, for it may be tasks.",
    unit: units.CountsPerSecond,
    queries: [
      { query: perSecond(redis.expired), legend: "expired" },
      { query: perSecond(redis.evicted), legend: "thrown away" },
    ],
  });
}

function age(): Panel {
  return timeseries({
    ...third,
    title: "Age of the last snapshot",
    description:
      "Time since the data was last written to disk: since the start, where there was none yet. What came after it is lost with the process, unless there is an append-only file.",
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
      "Writes that no snapshot holds. It falls to 0 with each snapshot; a line that only rises: none is written, because of an error or because `save` is empty.",
    unit: units.Short,
    width: 12,
    queries: [{ query: currentValue(redis.unsavedChanges), legend: "changes" }],
  });
}
