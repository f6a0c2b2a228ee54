import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { colorSamples } from "./cluster-color-samples";

const { health } = elasticsearch;

/**
 * A primary shard is not assigned to any node: searches do not find its documents, and documents that belong to it are
 * not indexed.
 */
export const elasticsearchClusterRed = alert({
  name: "ElasticsearchClusterRed",
  group: "erp-availability",
  severity: "warning",
  service: "elasticsearch",
  team: "erp",
  cause: "elasticsearch",
  measure: promql`max(${health}{color="red"})`,
  above: count(0),
  for: "5m",
  summary: "Elasticsearch is red: searches in the ERP miss data, and new orders may not be indexed.",
  description:
    "At least one primary shard is not assigned to any node. Its documents are missing until it is restored.",
  scenarios: {
    "a primary shard is lost": fires({
      given: colorSamples("red", holds(0, "5m"), holds(1, lasting("20m")), holds(0, "30m")),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "a replica is lost": silent({
      given: colorSamples("yellow", holds(1, "1h")),
      because: "ElasticsearchClusterYellow fires",
    }),
    "the cluster starts": blip({ given: colorSamples("red", holds(1, "3m"), holds(0, "50m")) }),
    "Elasticsearch is down": absence(
      silent({ given: colorSamples("red", holds(0, "5m"), gone("55m")), because: "ElasticsearchDown fires" }),
    ),
  },
});
