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
/** Tasks sent for each task that is started: 1 plus `times` the surplus that the limit allows. */
const sentPerTask = (limit: number, times: number) => 1 + times * (limit - 1);
const runs = samples(started, [rises(1, "60m")]);
const backlog = samples(queueLength, [holds(1000, "60m")]);
const reports = { queue_name: "reports" };

/** Workers do not keep up. The alert fires before users wait for long, so that there is time to add workers. */
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
  summary: "A task queue fills faster than the workers empty it.",
  description: `The ERP sends ${valueText("factor")} tasks to the queue {{ $labels.queue_name }} for each task that workers start.`,
  scenarios: {
    "workers fall behind until more are added": fires({
      given: (limit) => [
        samples(queueLength, [holds(30, "40m"), rises(0.2, lasting("30m")), holds(0, "10m")]),
        samples(sent, [rises(1, "40m"), rises(sentPerTask(limit, 2), lasting("30m")), rises(1, "10m")]),
        samples(started, [rises(1, "40m"), rises(1, lasting("30m")), rises(5, "10m")]),
      ],
      onset: "40m",
      // After half of the window, the rate over the whole window contains half of the surplus, which is the limit.
      after: lasting("9m"),
      by: lasting("11m"),
      resolves: { after: lasting("29m"), by: lasting("31m") },
    }),
    "the queue fills a little faster than the limit": fires({
      given: (limit) => [backlog, samples(sent, [rises(sentPerTask(limit, 1.2), lasting("50m"))]), runs],
      after: lasting("-15s"),
      by: lasting("1m"),
    }),
    "the queue fills a little more slowly than the limit": silent({
      given: (limit) => [backlog, samples(sent, [rises(sentPerTask(limit, 0.8), "60m")]), runs],
    }),
    "workers fall behind from the first minute, with an empty queue": fires({
      given: (limit) => [
        samples(queueLength, [rises(0.2, lasting("50m"))]),
        samples(sent, [rises(sentPerTask(limit, 2), lasting("50m"))]),
        runs,
      ],
      after: lasting("21m"),
      by: lasting("22m"),
    }),
    "a burst is processed within twenty minutes": blip({
      given: [
        samples(queueLength, [holds(25, "30m"), holds(900, "19m"), holds(0, "11m")]),
        samples(sent, [rises(1, "30m"), rises(5, "2m"), rises(1, "28m")]),
        samples(started, [rises(1, "35m"), rises(2, "14m"), rises(1, "11m")]),
      ],
    }),
    "twelve reports wait behind long ones, then six more": lowTraffic({
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
