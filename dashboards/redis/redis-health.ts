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

/** Numbers from left to right. The description of each one names the row to read if it is not green. */
export function health(): Panel[] {
  return [firing(), reachable(), refusedWrites(), memory(), clients(), commands(), duration(), hits()];
}

function firing(): Panel {
  return alertsFiring({ ...small, which: "Redis alerts", matchers: 'service="redis"' });
}

function reachable(): Panel {
  return stat({
    ...small,
    title: "Reachable",
    description:
      "Whether the exporter or the ERP can reach Redis. No: the ERP runs no tasks and sends no order updates, and RedisDown pages. See the row Availability.",
    unit: units.Short,
    query: redisDown.measure,
    words: { 0: "no", 1: "yes" },
    thresholds: below({ red: redisDown }),
  });
}

function refusedWrites(): Panel {
  return stat({
    ...small,
    title: "Refused writes",
    description:
      "Writes per second that Redis answers with an error. Above 0, tasks wait in PostgreSQL. See the row Errors.",
    unit: units.CountsPerSecond,
    query: redisRefusesWrites.measure,
    thresholds: above({ red: redisRefusesWrites }),
  });
}

function memory(): Panel {
  return stat({
    ...small,
    title: "Memory use, % of limit",
    description:
      "Memory in use, as a share of maxmemory. At 100 % Redis refuses writes or evicts keys. See the row Saturation.",
    unit: units.PercentUnit,
    query: redisMemoryHigh.measure,
    thresholds: above({ red: redisMemoryHigh }),
    empty: "no limit",
  });
}

function clients(): Panel {
  return stat({
    ...small,
    title: "Clients, % of limit",
    description:
      "Connections, as a share of maxclients. At 100 % Redis accepts no new client, not even the exporter. See the row Saturation.",
    unit: units.PercentUnit,
    query: redisClientsNearLimit.measure,
    thresholds: above({ red: redisClientsNearLimit }),
  });
}

function commands(): Panel {
  return stat({
    ...small,
    title: "Commands",
    description:
      "Commands per second. Workers that wait for tasks send some commands even when nobody works. If the number is far below normal, the workers are gone.",
    unit: units.OpsPerSecond,
    query: perSecond(redis.commands),
  });
}

function duration(): Panel {
  return stat({
    ...small,
    title: "Mean command time",
    description:
      "Mean time that a command takes inside Redis. Microseconds are normal. If the mean reaches milliseconds, a command reads too much. See the row Duration.",
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
      "Share of the key lookups that found their key. The cache and Celery are counted together, so only a change is meaningful.",
    unit: units.PercentUnit,
    query: hitRatio(),
    empty: "no lookups",
  });
}

/** Whether Redis can be reached, and whether it stays up. */
export function availability(): Panel[] {
  return [alertPanel(redisDown, { title: "Reachable over time", width: 12, legend: "reachable" }), uptime()];
}

/** The measure that the panels above show in another form. */
export function availabilityMeasures(): Panel[] {
  return [alertPanel(redisUnobserved, { title: "Reachable by the exporter", width: 8, legend: "reachable" })];
}

function uptime(): Panel {
  return timeseries({
    ...scraped,
    title: "Uptime",
    description:
      "How long Redis has run, and how much of that time it was loading. A sawtooth means that Redis restarts again and again. While it is loading after a start, Redis reads its data and answers no client.",
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
