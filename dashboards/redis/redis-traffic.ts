import * as units from "@grafana/grafana-foundation-sdk/units";
import { redisRefusesWrites } from "../../alerts/redis/redis-refuses-writes";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";
import { currentValue, hitRatio, meanDuration, perSecond, scraped } from "./redis-queries";

const third = { ...scraped, width: 8 };
const half = { ...scraped, width: 12 };

/** Commands, lookups and connections per second. */
export function rate(): Panel[] {
  return [
    timeseries({
      ...third,
      title: "Calls by command",
      description:
        "The ten commands that are called most, in calls per second. Workers send brpop, and the Celery exporter sends llen. If keys appears, or many calls of scan, a client reads all keys, and all other clients wait.",
      unit: units.OpsPerSecond,
      queries: [{ query: promql`topk(10, ${perSecond(redis.commands, "cmd")})`, legend: "{{cmd}}" }],
    }),
    timeseries({
      ...third,
      title: "Key lookups",
      description:
        "Lookups that found their key (hits) and that did not (misses). If misses rise alone, the cache was emptied, or its entries expire too soon, and PostgreSQL gets more queries.",
      unit: units.OpsPerSecond,
      stacked: true,
      queries: [
        { query: perSecond(redis.hits), legend: "hits" },
        { query: perSecond(redis.misses), legend: "misses" },
      ],
      colors: { hits: "green", misses: "blue" },
    }),
    timeseries({
      ...third,
      title: "Hit ratio over time",
      description: "Share of the lookups that found their key. A gap means that there were no lookups.",
      unit: units.PercentUnit,
      max: 1,
      queries: [{ query: hitRatio(), legend: "hit ratio" }],
      empty: "no lookups",
    }),
    timeseries({
      ...half,
      title: "Network traffic",
      description:
        "Bytes per second from clients (in) and to clients (out). If out is far above in, clients read large values again and again, because a cache entry or the messages of a queue have grown.",
      unit: units.BytesPerSecondIEC,
      queries: [
        { query: perSecond(redis.received), legend: "in" },
        { query: perSecond(redis.sent), legend: "out" },
      ],
    }),
    timeseries({
      ...half,
      title: "New connections",
      description:
        "Connections per second that were accepted and rejected. If many are accepted all the time, a client connects for every command. If any are rejected, maxclients is reached.",
      unit: units.CountsPerSecond,
      queries: [
        { query: perSecond(redis.connections), legend: "accepted" },
        { query: perSecond(redis.rejectedConnections), legend: "rejected" },
      ],
    }),
  ];
}

/** Commands that fail. */
export function errors(): Panel[] {
  return [
    alertPanel(redisRefusesWrites, { title: "Refused writes over time", width: 8, legend: "refused" }),
    timeseries({
      ...third,
      title: "Errors by type",
      description:
        "Error answers per second, by their first word. OOM means that memory is full, MISCONF that snapshots fail, and READONLY that Redis became a replica. NOPERM and WRONGPASS mean that the permissions or the password of a user are wrong. A few ERR and NOSCRIPT are normal.",
      unit: units.CountsPerSecond,
      stacked: true,
      queries: [{ query: perSecond(redis.errors, "err"), legend: "{{err}}" }],
      empty: "none yet",
    }),
    timeseries({
      ...third,
      title: "Failed and rejected calls",
      description:
        "The five commands with the most calls that failed while they ran, or were rejected before. The command shows whose calls cause the errors: Celery sends brpop and lpush, and the cache sends get and set.",
      unit: units.CountsPerSecond,
      queries: [
        {
          query: promql`topk(5, ${perSecond(redis.failedCalls, "cmd")} + ${perSecond(redis.rejectedCalls, "cmd")})`,
          legend: "{{cmd}}",
        },
      ],
    }),
  ];
}

/** How long commands take. */
export function duration(): Panel[] {
  const entries = promql`delta(${redis.slowCommands}{namespace="$namespace"}[$__rate_interval])`;
  return [
    timeseries({
      ...half,
      title: "Busy time by command",
      description:
        "The five commands that use the most time of the single thread that executes all commands: number of calls times time per call. 100 % is the maximum of all commands together.",
      unit: units.PercentUnit,
      softMax: 1e-4,
      stacked: true,
      queries: [{ query: promql`topk(5, ${perSecond(redis.commandDuration, "cmd")})`, legend: "{{cmd}}" }],
    }),
    timeseries({
      ...half,
      title: "Mean time by command",
      description:
        "The five slowest commands, by the mean time inside Redis. One thread executes all commands: while one command runs, all others wait.",
      unit: units.Seconds,
      softMax: 1e-5,
      queries: [{ query: promql`topk(5, ${meanDuration("cmd")})`, legend: "{{cmd}}" }],
      empty: "no commands",
    }),
    timeseries({
      ...half,
      title: "Slow commands",
      description:
        "New entries in the slow log: commands that took longer than slowlog-log-slower-than, 10 ms by default. `redis-cli slowlog get 10` shows them with their arguments.",
      unit: units.Short,
      // It falls to 0 when Redis restarts.
      queries: [{ query: promql`clamp_min(max(${entries}), 0)`, legend: "new entries" }],
    }),
    timeseries({
      ...half,
      title: "Last slow command",
      description: "Duration of the newest entry in the slow log; 0 while the log is empty.",
      unit: units.Seconds,
      queries: [{ query: currentValue(redis.lastSlowCommand), legend: "duration" }],
    }),
  ];
}
