import { alert } from "../../kit/alerts/alert";
import { factor } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { queueLength, sent, started } = celery;
const limit = factor(1.1);
const rate = (counter: typeof sent) => promql`sum by (queue_name) (rate(${counter}[20m]))`;
/** Of each task that is started, so many are sent: 1, and this share of what the limit allows beyond that. */
const sendRate = (share: number, time: string) => rises(1 + share * (limit.value - 1), time);
const runs = samples(started, [rises(1, "60m")]);
const backlog = samples(queueLength, [holds(1000, "60m")]);
const reports = { queue_name: "reports" };

/** Workers do not keep up: told before anybody waits for long, while there is time to add some. */
export const celeryQueueGrowing = alert({
  name: "CeleryQueueGrowing",
  group: "erp-queues",
  severity: "warning",
  service: "erp-worker",
  team: "erp",
  causedBy: ["celery", "redis", "postgresql"],
  measure: promql`${rate(sent)} / ${rate(started)}`,
  above: limit,
  provided: promql`min by (queue_name) (min_over_time(${queueLength}[20m])) > 20`,
  on: ["queue_name"],
  for: "10m",
  summary: "A queue fills faster than workers drain it.",
  description: `For each task of the queue {{ $labels.queue_name }} that workers start, ${valueText("factor")} are sent.`,
  scenarios: {
    "workers fall behind, until there are more of them": fires({
      given: [
        samples(queueLength, [holds(30, "40m"), rises(0.2, "40m"), holds(0, "10m")]),
        samples(sent, [rises(1, "40m"), sendRate(2, "40m"), rises(1, "10m")]),
        samples(started, [rises(1, "80m"), rises(5, "10m")]),
      ],
      onset: "40m",
      // After half of the window the whole of it shows half of the surplus, which is the limit.
      after: "19m",
      by: "21m",
      resolves: { after: "39m", by: "41m" },
    }),
    "a little faster than workers drain it": fires({
      given: [backlog, samples(sent, [sendRate(1.2, "60m")]), runs],
      after: "9m45s",
      by: "11m",
    }),
    "a little less than that": silent({ given: [backlog, samples(sent, [sendRate(0.8, "60m")]), runs] }),
    "workers fall behind from the first minute on, when nothing waits yet": fires({
      given: [samples(queueLength, [rises(0.2, "60m")]), samples(sent, [sendRate(2, "60m")]), runs],
      after: "31m",
      by: "32m",
    }),
    "a burst that is worked off within twenty minutes": blip({
      given: [
        samples(queueLength, [holds(25, "30m"), holds(900, "19m"), holds(0, "11m")]),
        samples(sent, [rises(1, "30m"), rises(5, "2m"), rises(1, "28m")]),
        samples(started, [rises(1, "35m"), rises(2, "14m"), rises(1, "11m")]),
      ],
    }),
    "a dozen reports wait behind long ones, and then six more": lowTraffic({
      given: [
        samples(queueLength, [holds(12, "20m"), rises(0.005, "20m"), holds(18, "20m")], reports),
        samples(sent, [holds(20, "20m"), rises(0.01, "20m"), holds(32, "20m")], reports),
        samples(started, [holds(8, "20m"), rises(0.005, "20m"), holds(14, "20m")], reports),
      ],
    }),
    "the exporter is gone": absence(
      silent({
        given: [
          samples(queueLength, [holds(1000, "30m"), gone("30m")]),
          samples(sent, [rises(1, "30m"), gone("30m")]),
          samples(started, [rises(1, "30m"), gone("30m")]),
        ],
      }),
    ),
  },
});
