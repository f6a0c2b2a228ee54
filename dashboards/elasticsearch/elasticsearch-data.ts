import * as units from "@grafana/grafana-foundation-sdk/units";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { currentValue, scraped } from "./elasticsearch-queries";

const quarter = { ...scraped, width: 6 };
const { activeShards, initializingShards, relocatingShards, unassignedShards, pendingTasks, documents, storeSize } =
  elasticsearch;

/** What it holds, and where. */
export function data(): Panel[] {
  return [shards(), pending(), documentCount(), size()];
}

function shards(): Panel {
  return timeseries({
    ...quarter,
    title: "Shards",
    description:
      "Shards by what they do. Unassigned: no node holds them; the cluster is yellow or red. Initializing that does not end: a node fails to fill its copy. Relocating all the time: disks differ, or fill up.",
    unit: units.Short,
    queries: [
      { query: currentValue(unassignedShards), legend: "unassigned" },
      { query: currentValue(initializingShards), legend: "initializing" },
      { query: currentValue(relocatingShards), legend: "relocating" },
      { query: currentValue(activeShards), legend: "active" },
    ],
  });
}

function pending(): Panel {
  return timeseries({
    ...quarter,
    title: "Pending changes",
    description:
      "Changes of the cluster that the master has not made yet. More than a few for minutes: it is overloaded.",
    unit: units.Short,
    queries: [{ query: currentValue(pendingTasks), legend: "pending" }],
  });
}

function documentCount(): Panel {
  return timeseries({
    ...quarter,
    title: "Documents",
    description: "Documents in all indices, copies included. A fall: an index was deleted, or data is lacking.",
    unit: units.Short,
    queries: [{ query: promql`sum(${documents}{namespace="$namespace"})`, legend: "documents" }],
  });
}

function size(): Panel {
  return timeseries({
    ...quarter,
    title: "Size of the indices",
    description: "What the indices take on the disks, by node. Nodes that differ much: shards cannot be spread evenly.",
    unit: units.BytesIEC,
    stacked: true,
    queries: [{ query: promql`sum by (name) (${storeSize}{namespace="$namespace"})`, legend: "{{name}}" }],
  });
}
