import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, type Part, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { nodeClock } from "../../metrics/nodes/node-metrics";

const { time } = nodeClock;

/** A clock that runs at the right speed but is ahead by `by` seconds. Scenarios begin at the Unix time 0. */
const clockAhead = (by: number, from: number, lasting: StoryTime): Part => ({
  for: lasting,
  value: { from: from + by, perSecond: 1 },
});

const alone = "the time of a clock cannot be divided between series and always advances";

/** Another pod of the exporter on the same node. */
const otherPod = { instance: "10.0.0.2:9100" };

const rightClocks = [{ ...otherPod, node: "other" }, otherPod].map((labels) =>
  samples(time, [clockAhead(0, 0, "1h")], labels),
);

/**
 * Compares each node's clock with the clock of Prometheus, whatever synchronises the nodes. On a cluster with one node
 * there is nothing to compare. A scrape takes a fraction of a second, which is far below the limit.
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
  summary: "The clock of a node is wrong: tokens may be rejected, and logs and metrics are out of order.",
  description: `The clocks of {{ $labels.node }} and of the node that runs Prometheus differ by ${valueText("seconds")}.`,
  scenarios: {
    "the clock is ahead and is slowed until it is right": fires({
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
    "the clock is behind": fires({
      given: (limit) => [
        samples(time, [clockAhead(0, 0, "5m"), clockAhead(-1.1 * limit, 300, lasting("20m"))]),
        ...rightClocks,
      ],
      alone,
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "the clock is a little wrong": silent({
      given: (limit) =>
        [time.sample, otherPod].map((labels) => samples(time, [clockAhead(0.9 * limit, 0, "1h")], labels)),
      alone,
    }),
    "the clock is corrected after a minute": blip({
      given: (limit) => [samples(time, [clockAhead(1.1 * limit, 0, "1m"), clockAhead(0, 60, "30m")])],
      alone,
    }),
    "nothing is measured": absence(
      silent({ given: [samples(time, [gone("1h")])], because: "PlatformTargetsMissing fires" }),
    ),
  },
});
