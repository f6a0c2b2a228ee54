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

/** What is short. */
export function saturation(): Panel[] {
  return [
    alertPanel(redisMemoryHigh, {
      title: "Memory of its limit over time",
      width: 12,
      legend: "in use",
      empty: "no limit",
    }),
    alertPanel(redisClientsNearLimit, { title: "Clients of their limit over time", width: 12, legend: "connected" }),
    memory(),
    cpu(),
    clients(),
  ];
}

/** What the alert measures, which the panels above show in another form. */
export function saturationMeasures(): Panel[] {
  return [alertPanel(redisEvictsTasks, { title: "Keys thrown away in 5 minutes", width: 8, legend: "keys" })];
}

function memory(): Panel {
  return timeseries({
    ...scraped,
    title: "Memory",
    description:
      "What data and buffers take, what the operating system gave for it, and maxmemory. Given far above taken: fragments, or a child that writes a snapshot. Taken rises with a queue: nobody works it off.",
    unit: units.BytesIEC,
    width: 8,
    queries: [
      { query: currentValue(redis.memoryUsed), legend: "taken" },
      { query: currentValue(redis.memoryResident), legend: "given" },
      { query: promql`${currentValue(redis.memoryMax)} > 0`, legend: "maxmemory" },
    ],
  });
}

function cpu(): Panel {
  return timeseries({
    ...scraped,
    title: "CPU of the main thread",
    description:
      "Share of one core that the thread takes which runs all commands. Near 100 %: more cores do not help; fewer or cheaper commands do.",
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
      "Connections, and those of them that wait for something to arrive: workers that have no task. Connected rises without end: somebody never closes them. Blocked falls: workers are gone, or all are busy.",
    unit: units.Short,
    width: 8,
    queries: [
      { query: currentValue(redis.clients), legend: "connected" },
      { query: currentValue(redis.blockedClients), legend: "blocked" },
    ],
  });
}
