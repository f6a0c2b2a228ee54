import { alert } from "../../kit/alerts/alert";
import { factor } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { queueLength, sent, started } = celery;
const rate = (counter: typeof sent) => promql`sum by (queue_name) (rate(${counter}[20m]))`;
/** So many are sent for each task that is started: 1, and this many times what the limit allows beyond that. */
const sentPerTask = (limit: number, times: number) => 1 + times * (limit - 1);
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
  above: factor(1.1),
  provided: promql`min by (queue_name) (min_over_time(${queueLength}[20m])) > 20`,
  on: ["queue_name"],
  for: "10m",
  summary: "A queue fills faster than workers drain it.",
  description: `For each task of the queue {{ $labels.queue_name }} that workers start, ${valueText("factor")} are sent.`,
  scenarios: {
    "workers fall behind, until there are more of them": fires({
      given: (limit) => [
        samples(queueLength, [holds(30, "40m"), rises(0.2, lasting("30m")), holds(0, "10m")]),
        samples(sent, [rises(1, "40m"), rises(sentPerTask(limit, 2), lasting("30m")), rises(1, "10m")]),
        samples(started, [rises(1, "40m"), rises(1, lasting("30m")), rises(5, "10m")]),
      ],
      onset: "40m",
      // After half of the window the whole of it shows half of the surplus, which is the limit.
      after: lasting("9m"),
      by: lasting("11m"),
      resolves: { after: lasting("29m"), by: lasting("31m") },
    }),
    "a little faster than workers drain it": fires({
      given: (limit) => [backlog, samples(sent, [rises(sentPerTask(limit, 1.2), lasting("50m"))]), runs],
      after: lasting("-15s"),
      by: lasting("1m"),
    }),
    "a little less than that": silent({
      given: (limit) => [backlog, samples(sent, [rises(sentPerTask(limit, 0.8), "60m")]), runs],
    }),
    "workers fall behind from the first minute on, when nothing waits yet": fires({
      given: (limit) => [
        samples(queueLength, [rises(0.2, lasting("50m"))]),
        samples(sent, [rises(sentPerTask(limit, 2), lasting("50m"))]),
        runs,
      ],
      after: lasting("21m"),
      by: lasting("22m"),
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
