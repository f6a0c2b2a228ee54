import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { promtail } from "../../metrics/log-agents/promtail-metrics";

const { droppedEntries } = promtail;

const dropped = count(10);

/** They are lost: the agent has read past them. */
export const logLinesDropped = alert({
  name: "LogLinesDropped",
  group: "platform-logging",
  severity: "warning",
  service: "log-agent",
  team: "platform",
  measure: promql`sum by (pod, reason) (increase(${droppedEntries}[5m]))`,
  on: ["pod", "reason"],
  above: dropped,
  for: "10m",
  summary: "Log lines are lost on their way to Loki.",
  description: `In five minutes {{ $labels.pod }} gave up ${valueText("count", "line")}, because of {{ $labels.reason }}.`,
  scenarios: {
    "a program writes more than its stream may": fires({
      given: [
        samples(droppedEntries, [rises(0, "10m"), rises((1.2 * dropped.value) / 300, "30m"), rises(0, "20m")], {
          reason: "rate_limited",
        }),
      ],
      onset: "10m",
      after: "14m",
      by: "15m",
      resolves: { after: "30m15s", by: "32m" },
    }),
    "now and then a line": silent({
      given: [samples(droppedEntries, [rises(0, "10m"), rises((0.9 * dropped.value) / 300, "50m")])],
    }),
    "one trace too long for Loki": blip({
      given: [samples(droppedEntries, [holds(0, "10m"), holds(3 * dropped.value, "50m")], { reason: "line_too_long" })],
    }),
    "it is gone": absence(silent({ given: [], because: "what cannot be scraped has an alert of its own" })),
  },
});
