import { type Alert, type AlertForm, alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, type Part, repeatParts, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import type { Metric } from "../../kit/metrics/metric";
import { promql } from "../../kit/queries/query";

/**
 * An alert on the share of probes that succeed in a minute. The last probe alone would miss an endpoint that answers
 * only sometimes.
 */
export function probeFailing(
  success: Metric,
  form: Pick<AlertForm, "name" | "cause" | "causedBy" | "summary" | "description">,
): Alert {
  const probeSamples = (...parts: Part[]) => [samples(success, parts)];
  return alert({
    ...form,
    group: "erp-health-checks",
    severity: "critical",
    service: "erp-api",
    team: "erp",
    measure: promql`avg by (namespace, instance) (avg_over_time(${success}{job="${success.job.name}"}[1m]))`,
    on: ["namespace", "instance"],
    below: ratio(0.5),
    for: "30s",
    scenarios: {
      "the endpoint stops answering": fires({
        given: probeSamples(holds(1, "5m"), holds(0, lasting("9m30s")), holds(1, "5m")),
        onset: "5m",
        after: lasting("15s"),
        by: lasting("30s"),
        resolves: { after: lasting("9m30s"), by: lasting("9m45s") },
      }),
      "two of three probes fail, and every fourth scrape is lost": fires({
        given: probeSamples(holds(1, "5m"), ...repeatParts([holds(0, "30s"), holds(1, "15s"), gone("15s")], 20)),
        onset: "5m",
        after: lasting(),
        by: lasting("1m30s"),
      }),
      "every other probe fails": silent({
        given: probeSamples(holds(1, "2m"), ...repeatParts([holds(0, "15s"), holds(1, "15s")], 20)),
        because: "the limit is one half, and the error rate shows what users notice",
      }),
      "the endpoint is down for 45 seconds": blip({
        given: probeSamples(holds(1, "5m"), holds(0, "45s"), holds(1, "5m")),
      }),
      "there are no probes": absence(silent({ given: probeSamples(gone("10m")), because: "ErpTargetsMissing fires" })),
    },
  });
}
