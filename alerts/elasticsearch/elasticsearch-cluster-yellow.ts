import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { colorSamples } from "./cluster-color-samples";

const { health } = elasticsearch;

/** Half an hour is longer than a node takes to restart and to restore its shards. */
export const elasticsearchClusterYellow = alert({
  name: "ElasticsearchClusterYellow",
  group: "erp-availability",
  severity: "warning",
  service: "elasticsearch",
  team: "erp",
  measure: promql`max(${health}{color="yellow"})`,
  above: count(0),
  for: "30m",
  summary: "Elasticsearch is yellow: some data has no replica.",
  description:
    "At least one replica shard is not assigned to any node. No data is missing yet, but the loss of another node may turn the cluster red.",
  scenarios: {
    "a node does not come back": fires({
      given: colorSamples("yellow", holds(0, "5m"), holds(1, lasting("20m")), holds(0, "30m")),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "the cluster is green": silent({ given: colorSamples("green", holds(1, "1h")) }),
    "a node restarts and restores its shards within twenty minutes": blip({
      given: colorSamples("yellow", holds(0, "5m"), holds(1, "20m"), holds(0, "50m")),
    }),
    "Elasticsearch is down": absence(
      silent({ given: colorSamples("yellow", holds(1, "5m"), gone("55m")), because: "ElasticsearchDown fires" }),
    ),
  },
});
