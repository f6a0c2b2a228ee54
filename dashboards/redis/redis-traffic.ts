import * as units from "@grafana/grafana-foundation-sdk/units";
import { redisRefusesWrites } from "../../alerts/redis/redis-refuses-writes";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";
import { currentValue, hitRatio, meanDuration, perSecond, scraped } from "./redis-queries";

const third = { ...scraped, width: 8 };
const half = { ...scraped, width: 12 };

/** How much is asked, and of what. */
export function rate(): Panel[] {
  return [
    timeseries({
      ...third,
      title: "Commands by kind",
      description:
        "The ten commands that are called most. brpop and llen: workers and the Celery exporter. keys or a wave of scan: somebody looks through everything, and all others wait.",
      unit: units.OpsPerSecond,
      queries: [{ query: promql`topk(10, ${perSecond(redis.commands, "cmd")})`, legend: "{{cmd}}" }],
    }),
    timeseries({
      ...third,
      title: "Lookups",
      description:
        "Lookups that found their key and that did not. Misses that rise alone: the cache was emptied, or its entries expire too soon, and PostgreSQL pays for it.",
      unit: units.OpsPerSecond,
      stacked: true,
      queries: [
        { query: perSecond(redis.hits), legend: "found" },
        { query: perSecond(redis.misses), legend: "missed" },
      ],
      colors: { found: "green", missed: "blue" },
    }),
    timeseries({
      ...third,
      title: "Hit ratio over time",
      description: "Share of the lookups that found their key. A gap: nobody looked for anything.",
      unit: units.PercentUnit,
      max: 1,
      queries: [{ query: hitRatio(), legend: "found" }],
      empty: "no lookups",
    }),
    timeseries({
      ...half,
      title: "Network",
      description:
        "Bytes per second from and to clients. Far more out than in: large values are read again and again; a cache entry or a queue's messages have grown.",
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
        "Connections per second that were accepted and refused. Many accepted all the time: a client connects for every command. Any refused: maxclients is reached.",
      unit: units.CountsPerSecond,
      queries: [
        { query: perSecond(redis.connections), legend: "accepted" },
        { query: perSecond(redis.rejectedConnections), legend: "refused" },
      ],
    }),
  ];
}

/** What fails. */
export function errors(): Panel[] {
  return [
    alertPanel(redisRefusesWrites, { title: "Refused writes", width: 8, legend: "refused" }),
    timeseries({
      ...third,
      title: "Errors by kind",
      description:
        "Answers that were an error, by their first word. OOM: memory is full. MISCONF: snapshots fail. READONLY: it became a replica. NOPERM, WRONGPASS: a user's rights or password. A few ERR and NOSCRIPT are everyday.",
      unit: units.CountsPerSecond,
      stacked: true,
      queries: [{ query: perSecond(redis.errors, "err"), legend: "{{err}}" }],
      empty: "none yet",
    }),
    timeseries({
      ...third,
      title: "Calls that failed or were refused",
      description:
        "The five commands of which most calls failed while they ran, or were refused before. It says whose calls the errors are: brpop and lpush are Celery's, get and set the cache's.",
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
      title: "Time taken by kind of command",
      description:
        "The five commands that take most of the one thread that executes all of them: how often they are called, times how long each takes. 100 % is all there is.",
      unit: units.PercentUnit,
      softMax: 1e-4,
      stacked: true,
      queries: [{ query: promql`topk(5, ${perSecond(redis.commandDuration, "cmd")})`, legend: "{{cmd}}" }],
    }),
    timeseries({
      ...half,
      title: "Mean command time by kind",
      description:
        "The five slowest commands, by the mean time inside Redis. One thread runs all of them: what one takes, all others wait.",
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
      // It falls to 0 when Redis starts anew.
      queries: [{ query: promql`clamp_min(max(${entries}), 0)`, legend: "new entries" }],
    }),
    timeseries({
      ...half,
      title: "Last slow command",
      description: "How long the newest entry of the slow log took; 0 while the log is empty.",
      unit: units.Seconds,
      queries: [{ query: currentValue(redis.lastSlowCommand), legend: "took" }],
    }),
  ];
}
