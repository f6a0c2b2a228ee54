import * as units from "@grafana/grafana-foundation-sdk/units";
import { redisClientsNearLimit } from "../../alerts/redis/redis-clients-near-limit";
import { redisEvictsTasks } from "../../alerts/redis/redis-evicts-tasks";
import { redisMemoryHigh } from "../../alerts/redis/redis-memory-high";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { above } from "../../kit/dashboards/thresholds";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";
import { currentValue, perSecond, scraped } from "./redis-queries";

/** Use of memory, CPU and connections. */
export function saturation(): Panel[] {
  return [
    alertPanel(redisMemoryHigh, {
      title: "Memory use over time, % of limit",
      width: 12,
      legend: "in use",
      empty: "no limit",
    }),
    alertPanel(redisClientsNearLimit, { title: "Clients over time, % of limit", width: 12, legend: "connected" }),
    memory(),
    cpu(),
    clients(),
  ];
}

/** The measure that the panels above show in another form. */
export function saturationMeasures(): Panel[] {
  return [alertPanel(redisEvictsTasks, { title: "Evicted keys in 30 minutes", width: 8, legend: "keys" })];
}

function memory(): Panel {
  return timeseries({
    ...scraped,
    title: "Memory",
    description:
      "Memory that data and buffers use, memory that the operating system gave to Redis (resident), and maxmemory. If resident is far above used, the memory is fragmented, or a child process writes a snapshot. If used rises together with a queue, no worker empties the queue.",
    unit: units.BytesIEC,
    width: 8,
    queries: [
      { query: currentValue(redis.memoryUsed), legend: "used" },
      { query: currentValue(redis.memoryResident), legend: "resident" },
      { query: promql`${currentValue(redis.memoryMax)} > 0`, legend: "maxmemory" },
    ],
  });
}

function cpu(): Panel {
  return timeseries({
    ...scraped,
    title: "Main thread CPU use",
    description:
      "Share of one core that is used by the thread that runs all commands. Near 100 %, more cores do not help: send fewer or cheaper commands.",
    unit: units.PercentUnit,
    width: 8,
    max: 1,
    queries: [{ query: promql`${perSecond(redis.cpuUser)} + ${perSecond(redis.cpuSystem)}`, legend: "busy" }],
    thresholds: above({ yellow: 0.7, red: 0.9 }),
  });
}

function clients(): Panel {
  return timeseries({
    ...scraped,
    title: "Clients",
    description:
      "Connections of clients, and the blocked ones among them, which are workers that wait for a task. If connected rises steadily, a client never closes its connections. If blocked falls, workers are gone, or all are busy.",
    unit: units.Short,
    width: 8,
    queries: [
      { query: currentValue(redis.clients), legend: "connected" },
      { query: currentValue(redis.blockedClients), legend: "blocked" },
    ],
  });
}
