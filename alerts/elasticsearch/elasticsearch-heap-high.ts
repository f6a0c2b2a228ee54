import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, type Part, samples } from "../../kit/alerts/samples";
import { blip, fires, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { goneExporter, silentAbsence } from "./elasticsearch-absence";

const { heapUsed, heapMax } = elasticsearch;

const heapLimit = ratio(0.9);

const heap = 1_000_000_000;

const full = heapLimit.value * heap;

const heapSamples = (...parts: Part[]) => [samples(heapUsed, parts), samples(heapMax, [holds(heap, "1h")])];

const saw = [holds(1.05 * full, "10m"), holds(0.5 * full, "1m")];

/** Garbage makes a saw of it; a node that is short of heap no longer comes down. */
export const elasticsearchHeapHigh = alert({
  name: "ElasticsearchHeapHigh",
  group: "erp-saturation",
  severity: "warning",
  service: "elasticsearch",
  team: "erp",
  on: ["name"],
  measure: promql`max by (name) (${heapUsed}{area="heap"} / ${heapMax}{area="heap"})`,
  above: heapLimit,
  for: "15m",
  summary: "A node of Elasticsearch is short of heap.",
  description: `{{ $labels.name }} uses ${valueText("ratio")} of its heap, and collecting garbage does not help. Near 100% it refuses requests.`,
  scenarios: {
    "garbage is collected and nothing is freed": fires({
      given: heapSamples(holds(0.5 * full, "5m"), holds(1.05 * full, "30m"), holds(0.5 * full, "25m")),
      onset: "5m",
      after: "14m45s",
      by: "15m",
      resolves: { after: "29m45s", by: "30m" },
    }),
    "just under the limit": silent({ given: heapSamples(holds(0.95 * full, "1h")) }),
    "it rises and is collected, again and again": blip({ given: heapSamples(...saw, ...saw, ...saw, ...saw) }),
    "Elasticsearch is away": silentAbsence(samples(heapUsed, goneExporter), samples(heapMax, goneExporter)),
  },
});
