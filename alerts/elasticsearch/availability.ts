import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, isGone, type Part, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { targetUp } from "../../kit/metrics/target-metrics";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { jobs } from "../../metrics/jobs";

const { health } = elasticsearch;
const up = targetUp(jobs.elasticsearchExporter);

/** Nothing here pages: without Elasticsearch the ERP searches in PostgreSQL. See docs/decisions/search-never-pages.md. */
const about = { severity: "warning", service: "elasticsearch", team: "erp" } as const;

const asked = (...parts: Part[]) => [samples(up, [holds(1, "1h")]), samples(health, parts, { color: "green" })];

/** The exporter goes on answering while Elasticsearch is away: then it is asked, and has nothing to tell. */
export const elasticsearchDown = alert({
  ...about,
  name: "ElasticsearchDown",
  cause: "elasticsearch",
  measure: promql`max(${health}) or 0 * max(${up}{job="${jobs.elasticsearchExporter.name}"} == 1)`,
  below: count(1),
  for: "5m",
  summary: "Elasticsearch does not answer its exporter.",
  description:
    "The exporter cannot ask Elasticsearch for its health. If the ERP does not reach it either, it searches in PostgreSQL, more slowly.",
  scenarios: {
    "Elasticsearch is gone": fires({
      given: asked(holds(1, "5m"), isGone("25m"), holds(1, "30m")),
      onset: "5m",
      after: "4m45s",
      by: "5m",
      resolves: { after: "24m45s", by: "25m" },
    }),
    "it was never there": fires({ given: [samples(up, [holds(1, "1h")])], after: "4m45s", by: "5m" }),
    "it restarts within three minutes": blip({ given: asked(holds(1, "5m"), isGone("3m"), holds(1, "50m")) }),
    "its exporter is not scraped": absence(
      silent({ given: [samples(up, [holds(1, "5m"), holds(0, "55m")])], because: "ErpTargetsDown tells it" }),
    ),
  },
});

const colored = (color: string, ...parts: Part[]) => [samples(health, parts, { color })];

/** Some primary shard is nowhere: what it holds is not found, and what belongs into it is not indexed. */
export const elasticsearchClusterRed = alert({
  ...about,
  name: "ElasticsearchClusterRed",
  cause: "elasticsearch",
  measure: promql`max(${health}{color="red"})`,
  above: count(0),
  for: "5m",
  summary: "Elasticsearch lacks data: its cluster is red.",
  description: "A primary shard is on no node. Searches find less than there is, and new orders may not be indexed.",
  scenarios: {
    "a primary shard is lost": fires({
      given: colored("red", holds(0, "5m"), holds(1, "25m"), holds(0, "30m")),
      onset: "5m",
      after: "4m45s",
      by: "5m",
      resolves: { after: "24m45s", by: "25m" },
    }),
    "a copy is lost": silent({
      given: colored("yellow", holds(1, "1h")),
      because: "ElasticsearchClusterYellow tells it",
    }),
    "the cluster starts": blip({ given: colored("red", holds(1, "3m"), holds(0, "50m")) }),
    "Elasticsearch is away": absence(
      silent({ given: colored("red", holds(0, "5m"), isGone("55m")), because: "ElasticsearchDown tells it" }),
    ),
  },
});

/** Half an hour outlasts a node's restart, and the filling of its shards. */
export const elasticsearchClusterYellow = alert({
  ...about,
  name: "ElasticsearchClusterYellow",
  measure: promql`max(${health}{color="yellow"})`,
  above: count(0),
  for: "30m",
  summary: "Elasticsearch lacks copies of its data: its cluster is yellow.",
  description:
    "Some replica is on no node. Nothing is missing yet; the loss of one more node may turn the cluster red.",
  scenarios: {
    "a node does not come back": fires({
      given: colored("yellow", holds(0, "5m"), holds(1, "50m"), holds(0, "30m")),
      onset: "5m",
      after: "29m45s",
      by: "30m",
      resolves: { after: "49m45s", by: "50m" },
    }),
    "the cluster is green": silent({ given: colored("green", holds(1, "1h")) }),
    "a node restarts, and fills its shards within twenty minutes": blip({
      given: colored("yellow", holds(0, "5m"), holds(1, "20m"), holds(0, "50m")),
    }),
    "Elasticsearch is away": absence(
      silent({ given: colored("yellow", holds(1, "5m"), isGone("55m")), because: "ElasticsearchDown tells it" }),
    ),
  },
});
