import * as units from "@grafana/grafana-foundation-sdk/units";
import { elasticsearchClusterRed } from "../../alerts/elasticsearch/elasticsearch-cluster-red";
import { elasticsearchClusterYellow } from "../../alerts/elasticsearch/elasticsearch-cluster-yellow";
import { elasticsearchDown } from "../../alerts/elasticsearch/elasticsearch-down";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { currentValue, scraped } from "./elasticsearch-queries";

const third = { ...scraped, width: 8 };

/** Whether Elasticsearch answers, and with all its nodes. */
export function availability(): Panel[] {
  return [
    alertPanel(elasticsearchDown, { title: "Reachable over time", width: 8, legend: "reachable" }),
    nodes(),
    uptime(),
  ];
}

/** Measures that the panels above show in another form. */
export function availabilityMeasures(): Panel[] {
  return [
    alertPanel(elasticsearchClusterRed, { title: "Cluster status red", width: 8, legend: "red" }),
    alertPanel(elasticsearchClusterYellow, { title: "Cluster status yellow", width: 8, legend: "yellow" }),
  ];
}

function nodes(): Panel {
  return timeseries({
    ...third,
    title: "Nodes",
    description:
      "All nodes of the cluster, and the nodes that hold data. If a line drops at a red mark, the lost node is the cause of the alert.",
    unit: units.Short,
    queries: [
      { query: currentValue(elasticsearch.nodes), legend: "all" },
      { query: currentValue(elasticsearch.dataNodes), legend: "with data" },
    ],
  });
}

function uptime(): Panel {
  return timeseries({
    ...third,
    title: "Node uptime",
    description:
      "How long each node has run. A sawtooth means that the node restarts again and again, usually because it runs out of memory.",
    unit: units.Seconds,
    queries: [{ query: promql`max by (name) (${elasticsearch.uptime}{namespace="$namespace"})`, legend: "{{name}}" }],
  });
}
