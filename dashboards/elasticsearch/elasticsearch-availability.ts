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

/** Whether it answers, and with all its parts. */
export function availability(): Panel[] {
  return [
    alertPanel(elasticsearchDown, { title: "Elasticsearch is reached", width: 8, legend: "reached" }),
    nodes(),
    age(),
  ];
}

/** What the alerts measure that the panels above show in another form. */
export function availabilityMeasures(): Panel[] {
  return [
    alertPanel(elasticsearchClusterRed, { title: "Cluster is red", width: 8, legend: "red" }),
    alertPanel(elasticsearchClusterYellow, { title: "Cluster is yellow", width: 8, legend: "yellow" }),
  ];
}

function nodes(): Panel {
  return timeseries({
    ...third,
    title: "Nodes",
    description:
      "Nodes of the cluster, and those of them that hold data. A step down at a red mark: that node is the cause.",
    unit: units.Short,
    queries: [
      { query: currentValue(elasticsearch.nodes), legend: "all" },
      { query: currentValue(elasticsearch.dataNodes), legend: "with data" },
    ],
  });
}

function age(): Panel {
  return timeseries({
    ...third,
    title: "Age of the processes",
    description: "How long each node has run. A saw: it dies again and again, most often for want of memory.",
    unit: units.Seconds,
    queries: [{ query: promql`max by (name) (${elasticsearch.uptime}{namespace="$namespace"})`, legend: "{{name}}" }],
  });
}
