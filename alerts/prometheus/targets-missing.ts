import { type Alert, type AlertForm, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import type { Job } from "../../kit/metrics/job";
import { targetUp } from "../../kit/metrics/target-metrics";
import { promql } from "../../kit/queries/query";
import { jobLabel, jobLabels } from "./job-labels";

/**
 * Prometheus observes nothing of a job: its monitor or Service was deleted, or selects no pod. The program itself may
 * work. The expression lists each job that a rule or a panel needs, because a job without targets has no `up` series
 * that could be 0. After its monitor is deleted, the last sample of a target is used for five more minutes.
 *
 * @param down name of the alert that fires if targets do not answer
 */
export function targetsMissing(
  { name, group, team }: Pick<AlertForm, "name" | "group" | "team">,
  jobs: readonly Job[],
  down: string,
): Alert {
  const expected = jobs.filter((job) => job.team === team);
  const labels = jobLabels(expected);
  const absent = labels.map((label) => promql`absent(up{job="${label}"}) - 1`.text);
  return alert({
    name,
    group,
    severity: "warning",
    service: team,
    team,
    causedBy: ["prometheus"],
    measure: promql`count by (job) (up{job=~"${labels.join("|")}"}) or ${absent.join(" or ")}`,
    on: ["job"],
    below: count(1),
    for: "5m",
    summary: "Prometheus has no target of a scrape job: a program is not observed, and its problems go unnoticed.",
    description:
      "{{ $labels.job }} is not observed, and may work. Its ServiceMonitor, PodMonitor, Probe or Service was deleted or changed, or selects no pod.",
    scenarios: scenarios(expected, down),
  });
}

function scenarios(expected: readonly Job[], down: string): Alert["scenarios"] {
  const one = expected[0] as Job;
  const given = (partsOf: (job: Job) => readonly Part[]) => expected.map((job) => samples(targetUp(job), partsOf(job)));
  const isOne = (job: Job) => jobLabel(job) === jobLabel(one);
  const present = [holds(1, "30m")];
  const disappearing = jobLabels(expected).map((label) => [
    `${label} disappears from service discovery`,
    fires({
      given: given((job) =>
        jobLabel(job) === label ? [holds(1, "5m"), gone(lasting("10m")), holds(1, "5m")] : present,
      ),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m45s"), by: lasting("10m") },
    }),
  ]);
  return {
    ...Object.fromEntries(disappearing),
    "no target answers": silent({
      given: given((job) => (isOne(job) ? [holds(1, "5m"), holds(0, "25m")] : present)),
      because: `${down} fires`,
    }),
    "the only pod is replaced within three minutes": blip({
      given: given((job) => (isOne(job) ? [holds(1, "5m"), gone("3m"), holds(1, "20m")] : present)),
    }),
    "nothing was ever scraped": absence(fires({ given: [], after: lasting("-15s"), by: lasting() })),
  };
}
