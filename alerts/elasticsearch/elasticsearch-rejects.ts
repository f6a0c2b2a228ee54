import { alert } from "../../kit/alerts/alert";
import { perSecond } from "../../kit/alerts/limit";
import { holds, type Part, rises, samples } from "../../kit/alerts/stories/samples";
import { blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { goneExporter, silentAbsence } from "./elasticsearch-absence";

const { rejected } = elasticsearch;

const rejectionSamples = (...parts: Part[]) => [samples(rejected, parts)];

/** The ERP repeats a rejected search in PostgreSQL. An order whose write is rejected is not found by searches. */
export const elasticsearchRejects = alert({
  name: "ElasticsearchRejects",
  group: "erp-saturation",
  severity: "warning",
  service: "elasticsearch",
  team: "erp",
  on: ["name", "type"],
  measure: promql`sum by (name, type) (rate(${rejected}{type=~"search|write"}[5m]))`,
  above: perSecond(0.05),
  for: "5m",
  summary: "An Elasticsearch node rejects requests because its queue is full.",
  description: `{{ $labels.name }} rejects ${valueText("perSecond", "{{ $labels.type }} request")}.`,
  scenarios: {
    "more is written than the node can process": fires({
      given: (limit) => rejectionSamples(holds(0, "5m"), rises(1.2 * limit, lasting("15m")), rises(0, "35m")),
      onset: "5m",
      after: lasting("3m45s"),
      by: lasting("4m45s"),
      resolves: { after: lasting("15m30s"), by: lasting("16m30s") },
    }),
    "just below the limit": silent({ given: (limit) => rejectionSamples(rises(0.9 * limit, "1h")) }),
    "requests of another thread pool are rejected": silent({
      given: [samples(rejected, [rises(10, "1h")], { ...rejected.sample, type: "analyze" })],
      because: "the ERP does not use that thread pool",
    }),
    "one burst": blip({ given: rejectionSamples(holds(0, "5m"), rises(100, "15s"), rises(0, "50m")) }),
    "Elasticsearch is down": silentAbsence(samples(rejected, goneExporter)),
  },
});
