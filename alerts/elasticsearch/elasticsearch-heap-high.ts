import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, type Part, repeatParts, samples } from "../../kit/alerts/stories/samples";
import { blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { goneExporter, silentAbsence } from "./elasticsearch-absence";

const { heapUsed, heapMax } = elasticsearch;

const heap = 1_000_000_000;

const heapSamples = (...parts: Part[]) => [samples(heapUsed, parts), samples(heapMax, [holds(heap, "1h")])];

const collection = (limit: number) => [holds(1.05 * limit * heap, "10m"), holds(0.5 * heap, "1m")];

/**
 * Heap use normally rises and falls with each garbage collection. On a node that is short of heap it no longer falls.
 */
export const elasticsearchHeapHigh = alert({
  name: "ElasticsearchHeapHigh",
  group: "erp-saturation",
  severity: "warning",
  service: "elasticsearch",
  team: "erp",
  on: ["name"],
  measure: promql`max by (name) (${heapUsed}{area="heap"} / ${heapMax}{area="heap"})`,
  above: ratio(0.9),
  for: "15m",
  summary: "An Elasticsearch node is running out of heap memory.",
  description: `{{ $labels.name }} uses ${valueText("ratio")} of its heap, and garbage collection does not free enough. Near 100% the node rejects requests.`,
  scenarios: {
    "garbage collection frees nothing": fires({
      given: (limit) =>
        heapSamples(holds(0.5 * heap, "5m"), holds(1.05 * limit * heap, lasting("15m")), holds(0.5 * heap, "25m")),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("14m45s"), by: lasting("15m") },
    }),
    "just below the limit": silent({ given: (limit) => heapSamples(holds(0.95 * limit * heap, "1h")) }),
    "garbage collection frees memory every ten minutes": blip({
      given: (limit) => heapSamples(...repeatParts(collection(limit), 4)),
    }),
    "Elasticsearch is down": silentAbsence(samples(heapUsed, goneExporter), samples(heapMax, goneExporter)),
  },
});
