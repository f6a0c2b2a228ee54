import { elasticsearchVersion } from "../../commands/elasticsearch";
import { captureElasticsearch } from "../../commands/evidence/capture-elasticsearch";
import { evidenceContradictions } from "../../kit/metrics/check-evidence";
import { readEvidence } from "../../kit/metrics/read-evidence";
import { elasticsearchJob } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { contributions } from "../../subjects/listings";
import { production } from "../fixtures/production";
import { describeWithElasticsearch } from "../tools";

// The first start after a build takes minutes on a machine that draws dashboards meanwhile.
jest.setTimeout(300_000);

describeWithElasticsearch("a real Elasticsearch", () => {
  test("is exposed by its exporter as declared in the catalogue", async () => {
    const { behind, text } = await captureElasticsearch({ source: elasticsearchJob.name, version: "" });
    const scrape = readEvidence(`# evidence: source=${elasticsearchJob.name} version=1\n${text}`);
    const declared = contributions(production).catalogue.metrics.filter(
      ({ job }) => job.name === elasticsearchJob.name,
    );
    expect(declared.length).toBeGreaterThan(20);
    expect(evidenceContradictions(declared, scrape, "npm run evidence")).toEqual([]);
    expect(behind).toContain(elasticsearchVersion);
    // A single node cannot store the replica of an index.
    expect(scrape.samples.get("elasticsearch_cluster_health_status")?.map(({ color }) => color)).toContain("yellow");
    expect(text).toMatch(/elasticsearch_cluster_health_unassigned_shards\{.*\} 1$/m);
    expect(text).toMatch(/elasticsearch_indices_search_query_total\{.*\} [1-9]/);
  });
});
