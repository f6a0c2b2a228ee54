import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { otherApiPod } from "./other-api-pod";

const { up } = erpApi;

/**
 * Nobody can use the ERP. `or vector(0)` covers both kinds of outage: pods whose scrapes fail, and pods that no longer
 * exist. The 30 seconds are longer than a restarted Prometheus needs to discover the pods.
 */
export const erpDown = alert({
  name: "ErpDown",
  group: "erp-availability",
  severity: "critical",
  service: "erp-api",
  team: "erp",
  cause: "erp-api",
  causedBy: ["prometheus"],
  measure: promql`sum(${up}{job="${erpApiJob.name}"}) or vector(0)`,
  below: count(1),
  for: "30s",
  summary: "The ERP is down: no API pod answers Prometheus.",
  description: `Prometheus reaches ${valueText("count", "pod")} of the ERP API. Either no pod exists, or none answers.`,
  scenarios: {
    "every pod stops answering": fires({
      given: [
        samples(up, [holds(1, "5m"), holds(0, lasting("9m30s")), holds(1, "5m")]),
        samples(up, [holds(1, "5m"), holds(0, lasting("9m30s")), holds(1, "5m")], otherApiPod),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m15s"), by: lasting("9m30s") },
    }),
    "every pod disappears from service discovery": fires({
      given: [samples(up, [holds(1, "5m"), gone(lasting("9m30s")), holds(1, "5m")])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m15s"), by: lasting("9m30s") },
    }),
    "one of two pods stops answering": silent({
      given: [samples(up, [holds(1, "15m")]), samples(up, [holds(1, "5m"), holds(0, "10m")], otherApiPod)],
      because: "the other pod serves requests",
    }),
    "the only pod fails one scrape": blip({
      given: [samples(up, [holds(1, "5m"), holds(0, "15s"), holds(1, "5m")])],
    }),
    "Prometheus restarts and discovers its targets after 20 seconds": blip({
      given: [samples(up, [gone("30s"), holds(1, "10m")])],
    }),
    "nothing was ever scraped": absence(fires({ given: [], after: lasting("-15s"), by: lasting() })),
  },
});
