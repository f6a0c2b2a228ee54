import * as units from "@grafana/grafana-foundation-sdk/units";
import { elasticsearchRejects } from "../../alerts/elasticsearch/elasticsearch-rejects";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { meanDuration, perSecond, scraped } from "./elasticsearch-queries";

const half = { ...scraped, width: 12 };
const { queries, queryTime, fetchTime, indexed, indexTime, breakersTripped } = elasticsearch;

/** Queries and indexed documents per second. */
export function rate(): Panel[] {
  return [
    timeseries({
      ...half,
      title: "Queries by node",
      description:
        "Queries per second, each counted once for every shard that it reads. If one node gets all queries, the other nodes hold no shard of the index that is searched.",
      unit: units.OpsPerSecond,
      stacked: true,
      queries: [{ query: perSecond(queries, "name"), legend: "{{name}}" }],
    }),
    timeseries({
      ...half,
      title: "Documents indexed by node",
      description:
        "Documents per second, each counted once for every copy. The rate normally follows the number of orders. A peak without orders means that an index is being rebuilt.",
      unit: units.CountsPerSecond,
      stacked: true,
      queries: [{ query: perSecond(indexed, "name"), legend: "{{name}}" }],
    }),
  ];
}

/** Requests that Elasticsearch rejects. */
export function errors(): Panel[] {
  return [
    alertPanel(elasticsearchRejects, { title: "Rejected requests by node and type", width: 12 }),
    timeseries({
      ...half,
      title: "Circuit breaker trips",
      description:
        "Requests per second that Elasticsearch rejected because they might have used too much memory, by circuit breaker. The breaker parent trips when the heap as a whole is full.",
      unit: units.CountsPerSecond,
      queries: [{ query: perSecond(breakersTripped, "breaker"), legend: "{{breaker}}" }],
    }),
  ];
}

/** Mean time of queries and of indexing: Elasticsearch reports no quantiles. */
export function duration(): Panel[] {
  return [
    timeseries({
      ...half,
      title: "Mean query and fetch time",
      description:
        "Time to find documents (query) and to read them (fetch), on a shard. These are means: a few slow queries among many fast ones are not visible. If both rise, CPU, heap or disk is short. If only query rises, the queries have changed.",
      unit: units.Seconds,
      queries: [
        { query: meanDuration(queryTime, queries), legend: "query" },
        { query: meanDuration(fetchTime, queries), legend: "fetch" },
      ],
      empty: "no queries",
    }),
    timeseries({
      ...half,
      title: "Mean indexing time",
      description:
        "Mean time that it takes to index a document. If it rises, the disk is slow, or merges cannot keep up.",
      unit: units.Seconds,
      queries: [{ query: meanDuration(indexTime, indexed), legend: "index" }],
      empty: "nothing indexed",
    }),
  ];
}
