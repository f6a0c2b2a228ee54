import * as units from "@grafana/grafana-foundation-sdk/units";
import { elasticsearchDiskLow } from "../../alerts/elasticsearch/elasticsearch-disk-low";
import { elasticsearchHeapHigh } from "../../alerts/elasticsearch/elasticsearch-heap-high";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { above } from "../../kit/dashboards/thresholds";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { currentValue, perSecond, scraped } from "./elasticsearch-queries";

const third = { ...scraped, width: 8 };
const {
  collectionTime,
  cpu: cpuPercent,
  queued,
  diskAvailable,
  diskSize,
  highWatermark,
  floodWatermark,
} = elasticsearch;

/** Use of heap, CPU, disk and threads. */
export function saturation(): Panel[] {
  return [
    alertPanel(elasticsearchHeapHigh, { title: "Heap use by node", width: 8 }),
    collections(),
    cpu(),
    disk(),
    threadQueues(),
  ];
}

/** The measure that the panels above show in another form. */
export function saturationMeasures(): Panel[] {
  return [alertPanel(elasticsearchDiskLow, { title: "Free disk space by node", width: 8 })];
}

function collections(): Panel {
  return timeseries({
    ...third,
    title: "Garbage collection time",
    description:
      "Share of the time in which each node collects garbage. A few percent are normal. Above that, the heap is too small, and all requests wait.",
    unit: units.PercentUnit,
    queries: [{ query: perSecond(collectionTime, "name"), legend: "{{name}}" }],
    thresholds: above({ yellow: 0.05, red: 0.2 }),
  });
}

function cpu(): Panel {
  return timeseries({
    ...third,
    title: "CPU use by node",
    description:
      "Share of the node's CPU that Elasticsearch uses. If one node alone is high, it holds the shards that most requests need.",
    unit: units.PercentUnit,
    max: 1,
    queries: [{ query: promql`max by (name) (${cpuPercent}{namespace="$namespace"}) / 100`, legend: "{{name}}" }],
    thresholds: above({ yellow: 0.7, red: 0.9 }),
  });
}

function disk(): Panel {
  const free = promql`min by (name) (${diskAvailable}{namespace="$namespace"} / ${diskSize}{namespace="$namespace"})`;
  return timeseries({
    ...third,
    width: 12,
    title: "Disk use and watermarks",
    description:
      "Disk use of each node, and the watermarks: above the high watermark, Elasticsearch moves shards away; above the flood stage, indices are read-only. If the graph has no watermark lines, they are configured in bytes.",
    unit: units.PercentUnit,
    max: 1,
    queries: [
      { query: promql`1 - ${free}`, legend: "{{name}}" },
      { query: currentValue(highWatermark), legend: "high watermark" },
      { query: currentValue(floodWatermark), legend: "flood stage" },
    ],
  });
}

function threadQueues(): Panel {
  return timeseries({
    ...third,
    width: 12,
    title: "Thread pool queues",
    description:
      "Requests that wait for a thread, by type. If a queue does not empty, the nodes get more requests than they can process. When the queue is full, requests are rejected.",
    unit: units.Short,
    queries: [
      { query: promql`sum by (type) (${queued}{namespace="$namespace",type=~"search|write|get"})`, legend: "{{type}}" },
    ],
  });
}
