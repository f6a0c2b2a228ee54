import { alert } from "../../kit/alerts/alert";
import { count, ratio } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { promtail } from "../../metrics/log-agents/promtail-metrics";

const common = { severity: "warning", service: "log-agent", team: "platform" } as const;
const blind = "what cannot be scraped has an alert of its own";

const { droppedEntries, overRate, batches } = promtail;
const dropped = count(10);

/** They are lost: the agent has read past them. */
export const logLinesDropped = alert({
  ...common,
  name: "LogLinesDropped",
  measure: promql`sum by (pod, reason) (increase(${droppedEntries}[5m]))`,
  on: ["pod", "reason"],
  above: dropped,
  for: "10m",
  summary: "Log lines are lost on their way to Loki.",
  description:
    "In five minutes {{ $labels.pod }} gave up {{ $value | humanize }} lines, because of {{ $labels.reason }}.",
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
    "it is gone": absence(silent({ given: [], because: blind })),
  },
});

const cut = count(100);
const flooding = (perMinute: number, time: string) => [
  samples(overRate, [rises(0, "10m"), rises(perMinute / 60, time), rises(0, "20m")]),
];

/** The pod has used up its burst: from now on the agent takes a thousand lines a second of it, and drops the others. */
export const podLogsCut = alert({
  ...common,
  name: "PodLogsCut",
  measure: promql`sum by (pod) (label_replace(increase(${overRate}[5m]), "pod", "$1", "label_value", "(.+)"))`,
  on: ["pod"],
  above: cut,
  for: "5m",
  summary: "A pod writes more lines than a pod may, and part of them is lost.",
  description: "Of the lines of {{ $labels.pod }}, {{ $value | humanize }} were dropped in five minutes.",
  scenarios: {
    "a loop writes without end": fires({
      given: flooding(60_000, "30m"),
      onset: "10m",
      after: "4m45s",
      by: "5m30s",
      resolves: { after: "34m30s", by: "35m15s" },
    }),
    "a little more than the limit is dropped": fires({
      given: flooding((1.2 * cut.value) / 5, "30m"),
      onset: "10m",
      after: "9m",
      by: "10m",
    }),
    "a little less than the limit is dropped": silent({ given: flooding((0.9 * cut.value) / 5, "30m") }),
    "a burst is a little too long": blip({
      given: [samples(overRate, [holds(0, "10m"), rises(100, "15s"), rises(0, "30m")])],
    }),
    "no pod ever wrote too much": absence(silent({ given: [] })),
  },
});

const share = ratio(0.5);
const failed = { status_code: "-1" };

const byPod = (matching: string) => promql`sum by (pod) (rate(${batches}${matching}[5m]))`;

/** Nothing is lost yet: it tries each batch for an hour, and reads on from the files. */
export const logAgentCannotSend = alert({
  ...common,
  name: "LogAgentCannotSend",
  cause: "log-agent",
  causedBy: ["loki"],
  measure: promql`(${byPod('{status_code!~"2.."}')} or 0 * ${byPod("")}) / ${byPod("")}`,
  on: ["pod"],
  above: share,
  for: "10m",
  summary: "The log agent of a node cannot send to Loki.",
  description: "{{ $value | humanizePercentage }} of what {{ $labels.pod }} sends is refused, or not answered.",
  scenarios: {
    "a network policy cuts one node off": fires({
      given: [
        samples(batches, [rises(1, "10m"), rises(0, "50m")]),
        samples(batches, [rises(0, "10m"), rises(0.05, "20m"), rises(0, "30m")], failed),
      ],
      onset: "10m",
      after: "13m",
      by: "15m",
      resolves: { after: "24m", by: "25m30s" },
    }),
    "a little more than the limit": fires({
      given: [
        samples(batches, [rises(1, "10m"), rises(1 - 1.1 * share.value, "50m")]),
        samples(batches, [rises(0, "10m"), rises(1.1 * share.value, "50m")], failed),
      ],
      onset: "10m",
      after: "14m",
      by: "16m",
    }),
    "a little less than the limit": silent({
      given: [
        samples(batches, [rises(1, "10m"), rises(1 - 0.9 * share.value, "50m")]),
        samples(batches, [rises(0, "10m"), rises(0.9 * share.value, "50m")], failed),
      ],
    }),
    "Loki is restarted": blip({
      given: [
        samples(batches, [rises(1, "10m"), rises(0, "5m"), rises(1, "30m")]),
        samples(batches, [rises(0, "10m"), rises(0.1, "5m"), rises(0, "30m")], failed),
      ],
    }),
    "nothing is written on the node": absence(silent({ given: [], because: blind })),
  },
});
