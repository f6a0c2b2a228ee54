import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { erpProbe, erpProbeJob, erpPublicProbe } from "../../metrics/erp-health-checks/erp-probe-metrics";
import { otherApiPod } from "./other-api-pod";

const { up } = erpApi;
const { success } = erpProbe;

const down = [holds(1, "5m"), holds(0, lasting("9m30s")), holds(1, "5m")];

/**
 * Nobody can use the ERP. `or vector(0)` covers both kinds of outage: pods whose scrapes fail, and pods that no longer
 * exist. An ERP that answers its probes is not down: ErpTargetsMissing and ErpTargetsDown fire if Prometheus does not
 * observe it. Without probes, an ERP that is not observed counts as down. The 30 seconds are longer than a restarted
 * Prometheus needs to discover the pods.
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
  confirmedBy: promql`max(${success}{job="${erpProbeJob.name}"}) or vector(0)`,
  for: "30s",
  // ErpProbeFailing, which it inhibits, ends at most 45 seconds after it.
  keepFiringFor: "1m",
  summary: "The ERP is down: no API pod answers Prometheus, and no probe of its Service succeeds.",
  description: `Prometheus reaches ${valueText("count", "pod")} of the ERP API, and the ERP does not answer its probes. Either no pod exists, or none answers.`,
  scenarios: {
    "every pod stops answering": fires({
      given: [samples(up, down), samples(up, down, otherApiPod), samples(success, down)],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("10m15s"), by: lasting("10m30s") },
    }),
    "every pod disappears from service discovery": fires({
      given: [
        samples(up, [holds(1, "5m"), gone(lasting("9m30s")), holds(1, "5m")]),
        samples(success, down),
        // Another server may answer at the public address, such as one with a page about maintenance.
        samples(erpPublicProbe.success, [holds(1, "15m")]),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("10m15s"), by: lasting("10m30s") },
    }),
    "the ServiceMonitor is deleted, and half an hour later every pod fails": fires({
      given: [
        samples(up, [holds(1, "5m"), gone(lasting("40m"))]),
        samples(success, [holds(1, "35m"), holds(0, lasting("10m"))]),
      ],
      onset: "35m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "the ServiceMonitor is deleted while the ERP works": silent({
      given: [samples(up, [holds(1, "5m"), gone("30m")]), samples(success, [holds(1, "35m")])],
      because: "ErpTargetsMissing fires",
    }),
    "only Prometheus cannot reach the pods": silent({
      given: [samples(up, [holds(1, "5m"), holds(0, "30m")]), samples(success, [holds(1, "35m")])],
      because: "ErpTargetsDown fires",
    }),
    "no pod is ready, but all pods answer Prometheus": silent({
      given: [samples(up, [holds(1, "35m")]), samples(success, [holds(1, "5m"), holds(0, "30m")])],
      because: "ErpProbeFailing fires",
    }),
    "one of two pods stops answering": silent({
      given: [
        samples(up, [holds(1, "15m")]),
        samples(up, [holds(1, "5m"), holds(0, "10m")], otherApiPod),
        samples(success, [holds(1, "15m")]),
      ],
      because: "the other pod serves requests",
    }),
    "the only pod fails one scrape and one probe": blip({
      given: [
        samples(up, [holds(1, "5m"), holds(0, "15s"), holds(1, "5m")]),
        samples(success, [holds(1, "5m"), holds(0, "15s"), holds(1, "5m")]),
      ],
    }),
    "Prometheus restarts and discovers its targets after 20 seconds": blip({
      given: [samples(up, [gone("30s"), holds(1, "10m")]), samples(success, [gone("30s"), holds(1, "10m")])],
    }),
    "nothing was ever scraped": absence(fires({ given: [], after: lasting("-15s"), by: lasting() })),
  },
});
