import { type Alert, alert } from "../../kit/alerts/alert";
import { factor } from "../../kit/alerts/limit";
import { holds, type Part, recordingSamples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { recordingSeconds } from "../../kit/metrics/recording";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";

/** Objects of an hour a week ago: of fewer, none may be chance. */
const enough = 20;

/**
 * Requests are answered, and nothing comes of them. The hour is held against the same one of last week, and only while
 * half as much is asked as then: see `docs/decisions/last-week.md`. Only where Prometheus remembers last week.
 */
export function erpCreationStopped({ tallies, business }: Pick<Inventory, "tallies" | "business">): Alert | undefined {
  const { created, weekAgo } = business;
  if (!weekAgo) return undefined;
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
    summary: "The ERP is used as ever, and something that it creates every day is not created.",
    description: `In the last hour {{ $labels.namespace }} created ${valueText("ratio")} as many objects of the type {{ $labels.entity_type }} as in the same hour a week ago.`,
    scenarios: {
      "no invoice is written for two hours of a working day": fires({
        ...story([hourly(120, "1h"), hourly(0, lasting("1h30m")), hourly(120, "1h")]),
        after: lasting("50m"),
        by: lasting("1h"),
        resolves: { after: lasting("1h30m"), by: lasting("1h40m") },
      }),
      "hardly any is": fires({
        ...story([hourly(120, "1h"), hourly(10, "3h")]),
        after: lasting("50m"),
        by: lasting("1h"),
      }),
      "an eighth of the usual is": silent({
        ...story([hourly(120, "1h"), hourly(15, "3h")]),
        because: "work goes on, and how much differs from week to week",
      }),
      "none for an hour": blip(story([hourly(120, "1h"), hourly(0, "1h"), hourly(120, "2h")])),
      "it is a holiday": lowTraffic(story(stops, { perMinute: 20 })),
      "none is, of hardly more than few": fires({
        ...story(stops, { lastWeek: 1.1 * enough }),
        after: lasting("50m"),
        by: lasting("1h"),
      }),
      "it is a quieter day than last week's": fires({
        ...story(stops, { perMinute: 35 }),
        after: lasting("50m"),
        by: lasting("1h"),
      }),
      "of few objects none is created": silent({
        ...story(stops, { lastWeek: 15 }),
        because: "nobody may have needed one",
      }),
      "the ERP is away": absence(silent({ given: [], because: "ErpDown pages" })),
    },
  });
}
