import * as units from "@grafana/grafana-foundation-sdk/units";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { currentValue, scraped } from "./elasticsearch-queries";

const quarter = { ...scraped, width: 6 };
const { activeShards, initializingShards, relocatingShards, unassignedShards, pendingTasks, documents, storeSize } =
  elasticsearch;

/** Shards, documents and the size of the indices. */
export function data(): Panel[] {
  return [shards(), pending(), documentCount(), size()];
}

function shards(): Panel {
  return timeseries({
    ...quarter,
    title: "Shards by state",
    description:
      "Shards by state; normally all are active. If a shard is unassigned, no node holds it, and the cluster is yellow or red. If a shard is initializing for long, a node fails to fill its copy. If shards are relocating all the time, the disks of the nodes differ, or fill up.",
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
    title: "Pending cluster tasks",
    description:
      "Changes of the cluster state that the master has not made yet. If more than a few are pending for minutes, the master is overloaded.",
    unit: units.Short,
    queries: [{ query: currentValue(pendingTasks), legend: "pending" }],
  });
}

function documentCount(): Panel {
  return timeseries({
    ...quarter,
    title: "Documents",
    description:
      "Documents in all indices, copies included. If the number drops, an index was deleted, or data is missing.",
    unit: units.Short,
    queries: [{ query: promql`sum(${documents}{namespace="$namespace"})`, legend: "documents" }],
  });
}

function size(): Panel {
  return timeseries({
    ...quarter,
    title: "Index size by node",
    description:
      "Disk space that the indices use on each node. If the nodes differ a lot, the shards cannot be spread evenly.",
    unit: units.BytesIEC,
    stacked: true,
    queries: [{ query: promql`sum by (name) (${storeSize}{namespace="$namespace"})`, legend: "{{name}}" }],
  });
}
