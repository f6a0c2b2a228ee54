import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { targetUp } from "../../kit/metrics/target-metrics";
import { promql } from "../../kit/queries/query";
import { elasticsearch, elasticsearchJob } from "../../metrics/elasticsearch/elasticsearch-metrics";

const { health } = elasticsearch;

const up = targetUp(elasticsearchJob);

const exporterSamples = (...parts: Part[]) => [
  samples(up, [holds(1, "1h")]),
  samples(health, parts, { color: "green" }),
];

/** While Elasticsearch is down, its exporter still answers Prometheus, but without the health of the cluster. */
export const elasticsearchDown = alert({
  name: "ElasticsearchDown",
  group: "erp-availability",
  severity: "warning",
  service: "elasticsearch",
  team: "erp",
  cause: "elasticsearch",
  causedBy: ["dns"],
  measure: promql`max(${health}) or 0 * max(${up}{job="${elasticsearchJob.name}"} == 1)`,
  below: count(1),
  for: "5m",
  summary: "Elasticsearch is down or unreachable: searches in the ERP may be slow.",
  description:
    "The exporter gets no health status from Elasticsearch. If the ERP cannot reach Elasticsearch either, it searches in PostgreSQL, which is slower.",
  scenarios: {
    "Elasticsearch stops and is restarted": fires({
      given: exporterSamples(holds(1, "5m"), gone(lasting("20m")), holds(1, "30m")),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "Elasticsearch never started": fires({
      given: [samples(up, [holds(1, lasting("55m"))])],
      after: lasting("-15s"),
      by: lasting(),
    }),
    "Elasticsearch restarts within three minutes": blip({
      given: exporterSamples(holds(1, "5m"), gone("3m"), holds(1, "50m")),
    }),
    "the exporter is not scraped": absence(
      silent({ given: [samples(up, [holds(1, "5m"), holds(0, "55m")])], because: "ErpTargetsDown fires" }),
    ),
  },
});
