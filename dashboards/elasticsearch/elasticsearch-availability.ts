import * as units from "@grafana/grafana-foundation-sdk/units";
import {
  elasticsearchClusterRed,
  elasticsearchClusterYellow,
  elasticsearchDown,
} from "../../alerts/elasticsearch/availability";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { now, scraped } from "./elasticsearch-queries";

const half = { ...scraped, width: 12 };

/** Whether it answers, and with all its parts. */
export function availability({ runbookBaseUrl }: Pick<Environment, "runbookBaseUrl">): Panel[] {
  const third = { runbookBaseUrl, width: 8 };
  return [
    alertPanel(elasticsearchDown, third),
    alertPanel(elasticsearchClusterRed, third),
    alertPanel(elasticsearchClusterYellow, third),
    nodes(),
    age(),
  ];
}

function nodes(): Panel {
  return timeseries({
    ...half,
    title: "Nodes",
    description:
      "Nodes of the cluster, and those of them that hold data. A step down at a red mark: that node is the cause.",
    unit: units.Short,
    queries: [
      { query: now(elasticsearch.nodes), legend: "all" },
      { query: now(elasticsearch.dataNodes), legend: "with data" },
    ],
  });
}

function age(): Panel {
  return timeseries({
    ...half,
    title: "Age of the processes",
    description: "How long each node has run. A saw: it dies again and again, most often for want of memory.",
    unit: units.Seconds,
    queries: [{ query: promql`max by (name) (${elasticsearch.uptime}{namespace="$namespace"})`, legend: "{{name}}" }],
  });
}
