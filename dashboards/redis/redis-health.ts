import * as units from "@grafana/grafana-foundation-sdk/units";
import { redisClientsNearLimit } from "../../alerts/redis/redis-clients-near-limit";
import { redisDown } from "../../alerts/redis/redis-down";
import { redisMemoryHigh } from "../../alerts/redis/redis-memory-high";
import { redisRefusesWrites } from "../../alerts/redis/redis-refuses-writes";
import { redisUnobserved } from "../../alerts/redis/redis-unobserved";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { type Panel, stat, timeseries } from "../../kit/dashboards/panels";
import { above, below } from "../../kit/dashboards/thresholds";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";
import { currentValue, hitRatio, meanDuration, perSecond, scraped } from "./redis-queries";

const small = { ...scraped, width: 6 };

/** Is it healthy? Read from left to right; the first that is not green names the row to read next. */
export function health(): Panel[] {
  return [firing(), redisReached(), refusedWrites(), memory(), clients(), commands(), duration(), hits()];
}

function firing(): Panel {
  return alertsFiring({ ...small, which: "Alerts about Redis", matchers: 'service="redis"' });
}

function redisReached(): Panel {
  return stat({
    ...small,
    title: "Reached",
    description:
      "Whether anybody reaches Redis, the exporter or the ERP. No: the ERP is not ready and takes no requests, and RedisDown pages. See the row Availability.",
    unit: units.Short,
    query: redisDown.measure,
    words: { 0: "no", 1: "yes" },
    thresholds: below({ red: redisDown.limit.value }),
  });
}

function refusedWrites(): Panel {
  return stat({
    ...small,
    title: "Writes refused",
    description:
      "Writes per second that Redis answers with an error. More than none: tasks are not queued. See the row Errors.",
    unit: units.CountsPerSecond,
    query: redisRefusesWrites.measure,
    thresholds: above({ red: redisRefusesWrites.limit.value }),
  });
}

function memory(): Panel {
  return stat({
    ...small,
    title: "Memory of its limit",
    description:
      "Memory in use, of maxmemory. At 100 % Redis refuses writes or throws keys away. See the row Saturation.",
    unit: units.PercentUnit,
    query: redisMemoryHigh.measure,
    thresholds: above({ red: redisMemoryHigh.limit.value }),
    empty: "no limit",
  });
}

function clients(): Panel {
  return stat({
    ...small,
    title: "Clients of their limit",
    description:
      "Connections, of maxclients. At 100 % nobody new is let in, the exporter neither. See the row Saturation.",
    unit: units.PercentUnit,
    query: redisClientsNearLimit.measure,
    thresholds: above({ red: redisClientsNearLimit.limit.value }),
  });
}

function commands(): Panel {
  return stat({
    ...small,
    title: "Commands",
    description:
      "Commands per second. Workers that wait for tasks make some even when nobody works; far fewer than usual: they are gone.",
    unit: units.OpsPerSecond,
    query: perSecond(redis.commands),
  });
}

function duration(): Panel {
  return stat({
    ...small,
    title: "Mean command time",
    description:
      "Time that a command takes inside Redis: microseconds. Milliseconds: some command reads too much. See the row Duration.",
    unit: units.Seconds,
    query: meanDuration(),
    empty: "no commands",
  });
}

function hits(): Panel {
  return stat({
    ...small,
    title: "Hit ratio",
    description:
      "Share of the lookups that found their key. Of the cache and of Celery together, so only a change says something.",
    unit: units.PercentUnit,
    query: hitRatio(),
    empty: "no lookups",
  });
}

/** Whether anybody reaches it, and whether it stays up. */
export function availability(): Panel[] {
  return [alertPanel(redisDown, { title: "Redis is reached", width: 12, legend: "reached" }), age()];
}

/** What the alert measures, which the panels above show in another form. */
export function availabilityMeasures(): Panel[] {
  return [alertPanel(redisUnobserved, { title: "Redis is reached by its exporter", width: 8, legend: "reached" })];
}

function age(): Panel {
  return timeseries({
    ...scraped,
    title: "Age of the process",
    description:
      "How long Redis has run, and how much of it was spent loading. A saw: it dies again and again. Loading: it reads its data after a start, and answers nobody until it has.",
    unit: units.Seconds,
    width: 12,
    queries: [
      { query: promql`time() - ${currentValue(redis.startTime)}`, legend: "up" },
      {
        query: promql`(time() - ${currentValue(redis.startTime)}) * ${currentValue(redis.loading)}`,
        legend: "loading",
      },
    ],
  });
}
