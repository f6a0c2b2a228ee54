import * as units from "@grafana/grafana-foundation-sdk/units";
import { redisDown, redisUnobserved } from "../../alerts/redis/availability";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";
import { now, scraped } from "./redis-queries";

/** Whether anybody reaches it, and whether it stays up. */
export function availability({ runbookBaseUrl }: Pick<Environment, "runbookBaseUrl">): Panel[] {
  const third = { runbookBaseUrl, width: 8 };
  return [alertPanel(redisDown, third), alertPanel(redisUnobserved, third), age()];
}

function age(): Panel {
  return timeseries({
    ...scraped,
    title: "Age of the process",
    description:
      "How long Redis has run, and how much of it was spent loading. A saw: it dies again and again. Loading: it reads its data after a start, and answers nobody until it has.",
    unit: units.Seconds,
    width: 8,
    queries: [
      { query: promql`time() - ${now(redis.startTime)}`, legend: "up" },
      { query: promql`(time() - ${now(redis.startTime)}) * ${now(redis.loading)}`, legend: "loading" },
    ],
  });
}
