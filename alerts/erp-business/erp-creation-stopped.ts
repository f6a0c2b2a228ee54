import { type Alert, alert } from "../../kit/alerts/alert";
import { factor } from "../../kit/alerts/limit";
import { holds, type Part, recordingSamples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { recordingSeconds } from "../../kit/metrics/recording";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";

/** Fewest objects in the same hour last week for which none today is not chance. */
const enough = 20;

/**
 * Requests are answered, but nothing is created. The last hour is compared with the same hour last week, and only while
 * the ERP gets at least half as many requests as then: see `docs/decisions/last-week.md`. The alert exists only where
 * Prometheus keeps the samples of last week.
 */
export function erpCreationStopped({ tallies, business }: Pick<Inventory, "tallies" | "business">): Alert {
  const { created, weekAgo } = business;
  const requests = tallies.availability.all.minute;
  const invoice = { entity_type: "invoice" };
  const hourly = (count: number, time: StoryTime) => holds(count / 60, time);
  const story = (today: readonly Part[], { lastWeek = 120, perMinute = 60 } = {}) => ({
    given: [
      recordingSamples(created, today, invoice),
      recordingSamples(weekAgo.created, [holds(lastWeek, "4h")], invoice),
      recordingSamples(requests, [holds(perMinute, "4h")]),
      recordingSamples(weekAgo.requests, [holds(60, "4h")]),
    ],
    stepSeconds: recordingSeconds,
    onset: "1h",
  });
  const stops = [hourly(120, "1h"), hourly(0, "3h")];
  return alert({
    name: "ErpCreationStopped",
    group: "erp-business",
    severity: "warning",
    service: "erp",
    team: "erp",
    causedBy: ["erp-api", "erp-service", "celery", "postgresql"],
    measure: promql`sum_over_time(${created}[1h]) / ${weekAgo.created}`,
    on: ["namespace", "entity_type"],
    below: factor(0.1),
    provided: promql`${weekAgo.created} > ${enough} and on (namespace) avg_over_time(${requests}[15m]) > 0.5 * ${weekAgo.requests}`,
    for: "30m",
    summary: "The ERP receives requests as usual, but creates few or none of the objects that it usually creates.",
    description: `In the last hour, the ERP in {{ $labels.namespace }} created ${valueText("ratio")} as many objects of the type {{ $labels.entity_type }} as in the same hour a week ago.`,
    scenarios: {
      "no invoice is created for two hours of a working day": fires({
        ...story([hourly(120, "1h"), hourly(0, lasting("1h30m")), hourly(120, "1h")]),
        after: lasting("50m"),
        by: lasting("1h"),
        resolves: { after: lasting("1h30m"), by: lasting("1h40m") },
      }),
      "a twelfth of the usual number is created": fires({
        ...story([hourly(120, "1h"), hourly(10, "3h")]),
        after: lasting("50m"),
        by: lasting("1h"),
      }),
      "an eighth of the usual number is created": silent({
        ...story([hourly(120, "1h"), hourly(15, "3h")]),
        because: "objects are created, and their number varies from week to week",
      }),
      "no invoice is created for an hour": blip(story([hourly(120, "1h"), hourly(0, "1h"), hourly(120, "2h")])),
      "on a holiday there are few requests": lowTraffic(story(stops, { perMinute: 20 })),
      "none is created, with slightly more than the minimum last week": fires({
        ...story(stops, { lastWeek: 1.1 * enough }),
        after: lasting("50m"),
        by: lasting("1h"),
      }),
      "none is created on a quieter day than last week": fires({
        ...story(stops, { perMinute: 35 }),
        after: lasting("50m"),
        by: lasting("1h"),
      }),
      "none is created where few were created last week": silent({
        ...story(stops, { lastWeek: 15 }),
        because: "users may not have needed one",
      }),
      "the ERP is down": absence(silent({ given: [], because: "ErpDown pages" })),
    },
  });
}
