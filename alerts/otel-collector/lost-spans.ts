import { type Alert, type AlertForm, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import type { Metric } from "../../kit/metrics/metric";
import { promql } from "../../kit/queries/query";

interface LostSpans extends Pick<AlertForm, "name" | "causedBy" | "summary" | "description"> {
  /** The counter of the spans that a collector has lost. */
  readonly lost: Metric;
  /** The situation in which spans are lost without an end, as the title of the scenario. */
  readonly situation: string;
}

/** An alert for a way in which the collector loses spans: it fires if spans are lost for minutes. */
export function lostSpans({ lost, situation, ...form }: LostSpans): Alert {
  return alert({
    ...form,
    group: "platform-tracing",
    severity: "warning",
    service: "monitoring",
    team: "platform",
    measure: promql`sum by (pod) (increase(${lost}[5m]))`,
    on: ["pod"],
    above: count(0),
    for: "5m",
    scenarios: {
      [situation]: fires({
        given: [samples(lost, [holds(0, "10m"), rises(2, lasting("20m")), rises(0, "20m")])],
        onset: "10m",
        after: lasting("-30s"),
        by: lasting("90s"),
        resolves: { after: lasting("24m"), by: lasting("26m") },
      }),
      "a few spans at once": blip({ given: [samples(lost, [holds(0, "10m"), holds(20, "30m")])] }),
      "the collector is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
    },
  });
}
