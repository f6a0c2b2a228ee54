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

/** What is short. */
export function saturation(): Panel[] {
  return [
    alertPanel(elasticsearchHeapHigh, { title: "Heap in use by node", width: 8 }),
    collections(),
    cpu(),
    disk(),
    threadQueues(),
  ];
}

/** What the alert measures, which the panels above show in another form. */
export function saturationMeasures(): Panel[] {
  return [alertPanel(elasticsearchDiskLow, { title: "Disk left by node", width: 8 })];
}

function collections(): Panel {
  return timeseries({
    ...third,
    title: "Time spent on garbage",
    description:
      "Share of the time in which nodes only collect garbage. A few percent is well. More: heap is short, and everything waits.",
    unit: units.PercentUnit,
    queries: [{ query: perSecond(collectionTime, "name"), legend: "{{name}}" }],
    thresholds: above({ yellow: 0.05, red: 0.2 }),
  });
}

function cpu(): Panel {
  return timeseries({
    ...third,
    title: "CPU of the node",
    description:
      "CPU that Elasticsearch takes of its node. One node alone: it holds the shards that everybody asks for.",
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
    title: "Disk and watermarks",
    description:
      "Disk that each node has used, and what Elasticsearch does about it: from the high watermark on it moves shards away, from the flood stage on indices only read. No lines: they are set in bytes.",
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
    title: "Waiting for a thread",
    description:
      "Requests that wait, by their kind. A queue that stays: more is asked than the nodes can do; once it is full, requests are refused.",
    unit: units.Short,
    queries: [
      { query: promql`sum by (type) (${queued}{namespace="$namespace",type=~"search|write|get"})`, legend: "{{type}}" },
    ],
  });
}
