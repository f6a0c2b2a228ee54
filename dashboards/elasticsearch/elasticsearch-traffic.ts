import * as units from "@grafana/grafana-foundation-sdk/units";
import { elasticsearchRejects } from "../../alerts/elasticsearch/elasticsearch-rejects";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { meanDuration, perSecond, scraped } from "./elasticsearch-queries";

const half = { ...scraped, width: 12 };
const { queries, queryTime, fetchTime, indexed, indexTime, breakersTripped } = elasticsearch;

/** How much is asked, and how much comes in. */
export function rate(): Panel[] {
  return [
    timeseries({
      ...half,
      title: "Queries by node",
      description:
        "Queries per second, each counted once for every shard that it asks. One node with all of them: the others hold no shard of what is asked.",
      unit: units.OpsPerSecond,
      stacked: true,
      queries: [{ query: perSecond(queries, "name"), legend: "{{name}}" }],
    }),
    timeseries({
      ...half,
      title: "Indexed by node",
      description:
        "Documents per second, each counted once for every copy. It follows the orders; a wave without orders: somebody indexes everything anew.",
      unit: units.CountsPerSecond,
      stacked: true,
      queries: [{ query: perSecond(indexed, "name"), legend: "{{name}}" }],
    }),
  ];
}

/** What it refuses. */
export function errors(): Panel[] {
  return [
    alertPanel(elasticsearchRejects, { title: "Refused requests by node and kind", width: 12 }),
    timeseries({
      ...half,
      title: "Requests too large for memory",
      description:
        "Requests per second that were refused because they might have taken too much memory, by the limit that they met. parent: the heap as a whole is full.",
      unit: units.CountsPerSecond,
      queries: [{ query: perSecond(breakersTripped, "breaker"), legend: "{{breaker}}" }],
    }),
  ];
}

/** How long it takes. Elasticsearch counts no quantiles. */
export function duration(): Panel[] {
  return [
    timeseries({
      ...half,
      title: "Mean time of a query",
      description:
        "Time to find, and to read what was found, on a shard. Means only: some slow ones among many fast ones do not show. Both rise: CPU, heap or disk. Finding alone: other queries than before.",
      unit: units.Seconds,
      queries: [
        { query: meanDuration(queryTime, queries), legend: "find" },
        { query: meanDuration(fetchTime, queries), legend: "read" },
      ],
      empty: "no queries",
    }),
    timeseries({
      ...half,
      title: "Mean time to index",
      description: "Time that a document takes. Rising: the disk is slow, or merges cannot keep up.",
      unit: units.Seconds,
      queries: [{ query: meanDuration(indexTime, indexed), legend: "index" }],
      empty: "nothing indexed",
    }),
  ];
}
