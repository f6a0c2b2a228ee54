import * as units from "@grafana/grafana-foundation-sdk/units";
import { elasticsearchDiskLow } from "../../alerts/elasticsearch/elasticsearch-disk-low";
import { elasticsearchDown } from "../../alerts/elasticsearch/elasticsearch-down";
import { elasticsearchHeapHigh } from "../../alerts/elasticsearch/elasticsearch-heap-high";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { above, below } from "../../kit/dashboards/thresholds";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { currentValue, meanDuration, perSecond, scraped } from "./elasticsearch-queries";

const small = { ...scraped, width: 6 };
const { health: colors, dataNodes, queries, queryTime, indexed } = elasticsearch;

/** Is it healthy? Read from left to right; the first that is not green names the row to read next. */
export function health(): Panel[] {
  return [firing(), clusterReached(), color(), nodes(), heap(), disk(), search(), indexing()];
}

function firing(): Panel {
  return alertsFiring({ ...small, which: "Alerts about Elasticsearch", matchers: 'service="elasticsearch"' });
}

function clusterReached(): Panel {
  return stat({
    ...small,
    title: "Reached",
    description:
      "Whether it answers its exporter. No: the ERP most likely searches in PostgreSQL. See the row Availability.",
    unit: units.Short,
    query: elasticsearchDown.measure,
    words: { 0: "no", 1: "yes" },
    thresholds: below({ red: elasticsearchDown.limit.value }),
    empty: "not scraped",
  });
}

function color(): Panel {
  const hasColor = (name: string) => promql`max(${colors}{namespace="$namespace",color="${name}"})`;
  return stat({
    ...small,
    title: "Cluster",
    description:
      "Green: all data and all copies are there. Yellow: copies are lacking. Red: data is lacking. See the row Availability.",
    unit: units.Short,
    query: promql`${hasColor("yellow")} + 2 * ${hasColor("red")}`,
    words: { 0: "green", 1: "yellow", 2: "red" },
    thresholds: above({ yellow: 1, red: 2 }),
  });
}

function nodes(): Panel {
  return stat({
    ...small,
    title: "Data nodes",
    description: "Nodes that hold data. Fewer than yesterday: one is gone, and the cluster is yellow or red.",
    unit: units.Short,
    query: currentValue(dataNodes),
  });
}

function heap(): Panel {
  return stat({
    ...small,
    title: "Heap of its limit",
    description: "Of the node that has used most. It goes up and down; red all the time: see the row Saturation.",
    unit: units.PercentUnit,
    query: promql`max(${elasticsearchHeapHigh.measure})`,
    thresholds: above({ red: elasticsearchHeapHigh.limit.value }),
  });
}

function disk(): Panel {
  return stat({
    ...small,
    title: "Disk left",
    description: "Of the node that has least. Below 5 % indices only read. See the row Saturation.",
    unit: units.PercentUnit,
    query: promql`min(${elasticsearchDiskLow.measure})`,
    thresholds: below({ red: elasticsearchDiskLow.limit.value }),
  });
}

function search(): Panel {
  return stat({
    ...small,
    title: "Mean query time",
    description: "Time that a query takes on a shard. See the row Duration.",
    unit: units.Seconds,
    query: meanDuration(queryTime, queries),
    empty: "no queries",
  });
}

function indexing(): Panel {
  return stat({
    ...small,
    title: "Indexed",
    description: "Documents per second. 0 while orders are taken: they will not be found. See the row Errors.",
    unit: units.CountsPerSecond,
    query: perSecond(indexed),
  });
}
