import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { otherApiPod } from "./other-api-pod";

/**
 * A process that answers 200 requests per second in a quarter of a second each has 50 requests in progress, and hardly
 * any process does more. If all requests wait, for example for a lock that is never released, none of them ends, and
 * neither the SLOs nor the probes show anything. There is no alert if the HTTP library does not count requests in
 * progress.
 */
const mostInProgress = count(50);

export function erpRequestsPileUp({ http }: Pick<Inventory, "http">): Alert | undefined {
  const served = http.inFlight();
  const { inFlight } = http.traffic;
  if (!served || !inFlight) return undefined;
  return alert({
    name: "ErpRequestsPileUp",
    group: "erp-latency",
    severity: "critical",
    service: "erp-api",
    team: "erp",
    causedBy: ["latency-slo", "availability-slo", "postgresql", "redis"],
    measure: promql`sum by (namespace, pod) (${served})`,
    above: mostInProgress,
    on: ["namespace", "pod"],
    for: "3m",
    summary: "Requests hang in the ERP: it accepts them and does not answer.",
    description: `${valueText("count", "request is", "requests are")} in progress in the pod {{ $labels.pod }} in {{ $labels.namespace }}.`,
    scenarios: {
      "requests in one pod hang": fires({
        given: (limit) => [
          samples(inFlight, [holds(0.1 * limit, "5m"), holds(1.2 * limit, lasting("7m")), holds(0, "5m")]),
          samples(inFlight, [holds(0.1 * limit, "20m")], otherApiPod),
        ],
        onset: "5m",
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: lasting("6m45s"), by: lasting("7m") },
      }),
      "two pods exceed the limit only together": silent({
        given: (limit) => [
          samples(inFlight, [holds(0.8 * limit, "20m")]),
          samples(inFlight, [holds(0.8 * limit, "20m")], otherApiPod),
        ],
        because: "each pod keeps up",
      }),
      "a burst of requests is answered": blip({
        given: (limit) => [samples(inFlight, [holds(0, "5m"), holds(4 * limit, "2m30s"), holds(0, "5m")])],
      }),
      "no pod is scraped": absence(silent({ given: [], because: "ErpDown pages" })),
    },
  });
}
