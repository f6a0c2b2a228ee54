import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, type Part, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { nodeClock } from "../../metrics/nodes/node-metrics";

const { time } = nodeClock;
const limit = seconds(2);

/** A clock that goes right, but for so many seconds. Scenarios begin at the Unix time 0. */
const clockAhead = (by: number, from: number, lasting: string): Part => ({
  for: lasting,
  value: { from: from + by, perSecond: 1 },
});

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
  above: limit,
  for: "10m",
  summary: "The clock of a node is wrong.",
  description: `{{ $labels.node }} and the node of Prometheus are ${valueText("seconds")} apart: tokens expire too early, and logs and metrics are out of order.`,
  scenarios: {
    "it goes ahead, and is set right": fires({
      given: [
        samples(time, [clockAhead(0, 0, "5m"), clockAhead(1.1 * limit.value, 300, "30m"), clockAhead(0, 2100, "10m")]),
      ],
      onset: "5m",
      after: "9m45s",
      by: "10m",
      resolves: { after: "29m45s", by: "30m" },
    }),
    "it stays behind": fires({
      given: [samples(time, [clockAhead(0, 0, "5m"), clockAhead(-1.1 * limit.value, 300, "30m")])],
      onset: "5m",
      after: "9m45s",
      by: "10m",
    }),
    "it is a second off": silent({ given: [samples(time, [clockAhead(0.9 * limit.value, 0, "1h")])] }),
    "it is set right after a minute": blip({
      given: [samples(time, [clockAhead(1.1 * limit.value, 0, "1m"), clockAhead(0, 60, "30m")])],
    }),
    "nothing is measured": absence(
      silent({ given: [samples(time, [gone("1h")])], because: "the target that is down is told of" }),
    ),
  },
});
