import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, type Part, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { nodeClock } from "../../metrics/nodes/node-metrics";

const { time } = nodeClock;

/** A clock that goes right, but for so many seconds. Scenarios begin at the Unix time 0. */
const clockAhead = (by: number, from: number, lasting: StoryTime): Part => ({
  for: lasting,
  value: { from: from + by, perSecond: 1 },
});

const alone = "the time of a clock cannot be shared out, and goes on";

/** Another pod of the exporter on the same node. */
const otherPod = { instance: "10.0.0.2:9100" };

const rightClocks = [{ ...otherPod, node: "other" }, otherPod].map((labels) =>
  samples(time, [clockAhead(0, 0, "1h")], labels),
);

/**
 * Against the clock by which Prometheus scrapes, whatever keeps the nodes' time; on a cluster of one node there is nothing
 * to compare. A scrape takes part of a second, and that much is no matter.
 */
export const nodeClockSkewed = alert({
  name: "NodeClockSkewed",
  group: "platform-nodes",
  severity: "warning",
  service: "nodes",
  team: "platform",
  measure: promql`max by (node) (abs(${time} - timestamp(${time})))`,
  on: ["node"],
  above: seconds(2),
  for: "10m",
  summary: "The clock of a node is wrong.",
  description: `{{ $labels.node }} and the node of Prometheus are ${valueText("seconds")} apart: tokens expire too early, and logs and metrics are out of order.`,
  scenarios: {
    "it goes ahead, and is slowed until it is right": fires({
      given: (limit) => [
        samples(time, [
          clockAhead(0, 0, "5m"),
          clockAhead(1.1 * limit, 300, lasting("20m")),
          rises(1 - (1.1 * limit) / 60, "1m"),
          rises(1, "9m"),
        ]),
        ...rightClocks,
      ],
      alone,
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m15s") },
    }),
    "it stays behind": fires({
      given: (limit) => [
        samples(time, [clockAhead(0, 0, "5m"), clockAhead(-1.1 * limit, 300, lasting("20m"))]),
        ...rightClocks,
      ],
      alone,
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "it is a second off": silent({
      given: (limit) =>
        [time.sample, otherPod].map((labels) => samples(time, [clockAhead(0.9 * limit, 0, "1h")], labels)),
      alone,
    }),
    "it is set right after a minute": blip({
      given: (limit) => [samples(time, [clockAhead(1.1 * limit, 0, "1m"), clockAhead(0, 60, "30m")])],
      alone,
    }),
    "nothing is measured": absence(
      silent({ given: [samples(time, [gone("1h")])], because: "the alert on the target that is down fires" }),
    ),
  },
});
