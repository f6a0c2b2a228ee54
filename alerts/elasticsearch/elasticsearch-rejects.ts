import { alert } from "../../kit/alerts/alert";
import { perSecond } from "../../kit/alerts/limit";
import { holds, type Part, rises, samples } from "../../kit/alerts/samples";
import { blip, fires, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { goneExporter, silentAbsence } from "./elasticsearch-absence";

const { rejected } = elasticsearch;

const refusals = perSecond(0.05);

const rejectionSamples = (...parts: Part[]) => [samples(rejected, parts)];

/** A search that is refused goes to PostgreSQL; an order whose write is refused is not found by searches. */
export const elasticsearchRejects = alert({
  name: "ElasticsearchRejects",
  group: "erp-saturation",
  severity: "warning",
  service: "elasticsearch",
  team: "erp",
  on: ["name", "type"],
  measure: promql`sum by (name, type) (rate(${rejected}{type=~"search|write"}[5m]))`,
  above: refusals,
  for: "5m",
  summary: "A node of Elasticsearch refuses requests, because too many wait.",
  description: `{{ $labels.name }} refuses ${valueText("perSecond", "request")} of the kind {{ $labels.type }}.`,
  scenarios: {
    "more is written than it can take": fires({
      given: rejectionSamples(holds(0, "5m"), rises(1.2 * refusals.value, "20m"), rises(0, "35m")),
      onset: "5m",
      after: "8m45s",
      by: "9m45s",
      resolves: { after: "20m30s", by: "21m30s" },
    }),
    "just under the limit": silent({ given: rejectionSamples(rises(0.9 * refusals.value, "1h")) }),
    "another kind": silent({
      given: [samples(rejected, [rises(10, "1h")], { ...rejected.sample, type: "analyze" })],
      because: "the ERP does not use it",
    }),
    "one burst": blip({ given: rejectionSamples(holds(0, "5m"), rises(100, "15s"), rises(0, "50m")) }),
    "Elasticsearch is away": silentAbsence(samples(rejected, goneExporter)),
  },
});
