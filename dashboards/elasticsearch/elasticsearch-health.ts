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

/** Numbers from left to right. The description of each one names the row to read if it is not green. */
export function health(): Panel[] {
  return [firing(), reachable(), status(), nodes(), heap(), disk(), search(), indexing()];
}

function firing(): Panel {
  return alertsFiring({ ...small, which: "Elasticsearch alerts", matchers: 'service="elasticsearch"' });
}

function reachable(): Panel {
  return stat({
    ...small,
    title: "Reachable",
    description:
      "Whether Elasticsearch answers its exporter. No: the ERP most likely searches in PostgreSQL. See the row Availability.",
    unit: units.Short,
    query: elasticsearchDown.measure,
    words: { 0: "no", 1: "yes" },
    thresholds: below({ red: elasticsearchDown }),
    empty: "not scraped",
  });
}

function status(): Panel {
  const hasColor = (name: string) => promql`max(${colors}{namespace="$namespace",color="${name}"})`;
  return stat({
    ...small,
    title: "Cluster status",
    description:
      "Green: all data and all copies are available. Yellow: copies are missing. Red: data is missing. See the row Availability.",
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
    description:
      "Nodes that hold data. If there are fewer than yesterday, a node is lost, and the cluster is yellow or red.",
    unit: units.Short,
    query: currentValue(dataNodes),
  });
}

function heap(): Panel {
  return stat({
    ...small,
    title: "Highest heap use",
    description:
      "Heap use of the node that is closest to its limit, as a share of that limit. It normally goes up and down. If it is red all the time, see the row Saturation.",
    unit: units.PercentUnit,
    query: promql`max(${elasticsearchHeapHigh.measure})`,
    thresholds: above({ red: elasticsearchHeapHigh }),
  });
}

function disk(): Panel {
  return stat({
    ...small,
    title: "Lowest free disk space",
    description: "Free disk space of the fullest node. Below 5 %, indices are read-only. See the row Saturation.",
    unit: units.PercentUnit,
    query: promql`min(${elasticsearchDiskLow.measure})`,
    thresholds: below({ red: elasticsearchDiskLow }),
  });
}

function search(): Panel {
  return stat({
    ...small,
    title: "Mean query time",
    description: "Mean time that a query takes on a shard. See the row Duration.",
    unit: units.Seconds,
    query: meanDuration(queryTime, queries),
    empty: "no queries",
  });
}

function indexing(): Panel {
  return stat({
    ...small,
    title: "Documents indexed",
    description:
      "Documents indexed per second. If it is 0 while orders are created, users will not find these orders. See the row Errors.",
    unit: units.CountsPerSecond,
    query: perSecond(indexed),
  });
}
