import { type Alert, alert } from "../../kit/alerts/alert";
import { factor } from "../../kit/alerts/limit";
import { gone, holds, type Part, recordingSamples, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { recordingSeconds } from "../../kit/metrics/recording";
import { targetUp } from "../../kit/metrics/target-metrics";
import { promql } from "../../kit/queries/query";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { erpProbeJob } from "../../metrics/erp-health-checks/erp-probe-metrics";
import type { Inventory } from "../../metrics/inventory";

const { up } = erpApi;

/** Fewest requests per minute last week for which a drop is not chance. */
const enough = 60;

/**
 * Users do not reach the ERP: an outage in front of it that the ERP itself cannot see. In the evening, requests drop as
 * they did last week, and a holiday is quiet from the morning on: see `docs/decisions/last-week.md`. The alert exists
 * only where Prometheus keeps the samples of last week.
 */
export function erpTrafficDrop({ tallies, business }: Pick<Inventory, "tallies" | "business">): Alert {
  const { weekAgo } = business;
  const requests = tallies.availability.all.minute;
  // Pods that have not received a request yet export no counter.
  const now = promql`(avg_over_time(${requests}[15m]) or 0 * ${weekAgo.requests})`;
  // Without a pod that is scraped, nothing is known about requests.
  const scraped = promql`${up}{job="${erpApiJob.name}"} == 1`;
  const hoursBefore = promql`avg_over_time(${requests}[6h] offset 30m)`;
  const story = (today: readonly Part[], lastWeek = [holds(100, "4h")], pods = [holds(1, "4h")]) => ({
    given: [
      recordingSamples(requests, today),
      recordingSamples(weekAgo.requests, lastWeek),
      samples(up, pods),
      samples(up, [holds(1, "4h")], { namespace: "other" }),
      samples(targetUp(erpProbeJob), [holds(1, "4h")]),
    ],
    stepSeconds: recordingSeconds,
    onset: "1h",
  });
  return alert({
    name: "ErpTrafficDrop",
    group: "erp-business",
    severity: "warning",
    service: "erp-api",
    team: "erp",
    causedBy: ["erp-api", "erp-service", "erp-ingress"],
    measure: promql`${now} / ${weekAgo.requests} and on (namespace) ${scraped}`,
    on: ["namespace"],
    below: factor(0.3),
    provided: (limit) => promql`${weekAgo.requests} > ${enough} and ${now} < ${limit} * ${hoursBefore}`,
    for: "15m",
    summary: "Far fewer requests reach the ERP than at the same time last week.",
    description: `In the last 15 minutes, the ERP in {{ $labels.namespace }} received ${valueText("ratio")} as many requests as a week ago. Traffic in the hours before was normal.`,
    scenarios: {
      "no requests arrive for two hours": fires({
        ...story([holds(100, "1h"), holds(0, lasting("1h45m")), holds(100, "1h")]),
        after: lasting("5m"),
        by: lasting("15m"),
        resolves: { after: lasting("1h45m"), by: lasting("1h55m") },
      }),
      "three quarters of the requests do not arrive": fires({
        ...story([holds(100, "1h"), holds(25, "3h")]),
        after: lasting("5m"),
        by: lasting("15m"),
      }),
      "a busy morning and an afternoon quieter than last week": silent({
        ...story([holds(200, "1h"), holds(40, "3h")]),
        because: "traffic varies this much between days",
      }),
      "no requests arrive, with slightly more than the minimum last week": fires({
        ...story([holds(1.1 * enough, "1h"), holds(0, "3h")], [holds(1.1 * enough, "4h")]),
        after: lasting("5m"),
        by: lasting("15m"),
      }),
      "new pods export no counters yet": fires({
        ...story([holds(100, "1h"), gone("3h")]),
        after: lasting("5m"),
        by: lasting("20m"),
      }),
      "no requests arrive for a quarter of an hour": blip(
        story([holds(100, "1h"), holds(0, "15m"), holds(100, "165m")]),
      ),
      "few requests last week and none now": lowTraffic(story([holds(50, "1h"), holds(0, "3h")], [holds(50, "4h")])),
      "on a holiday there are few requests all day": silent({
        ...story([holds(10, "4h")]),
        because: "the morning was quiet too",
      }),
      "requests drop in the evening": silent({
        ...story([holds(100, "1h"), holds(10, "3h")], [holds(100, "1h"), holds(10, "3h")]),
        because: "they dropped last week too",
      }),
      "the ServiceMonitor of the API is deleted": silent({
        ...story([holds(100, "1h"), gone("3h")], undefined, [holds(1, "1h"), gone("3h")]),
        because: "ErpTargetsMissing fires",
      }),
      "no pod of the API can be scraped": silent({
        ...story([holds(100, "1h"), gone("3h")], undefined, [holds(1, "1h"), holds(0, "3h")]),
        because: "ErpTargetsDown fires",
      }),
      "the ERP is down": absence(silent({ given: [], because: "ErpDown pages" })),
    },
  });
}
