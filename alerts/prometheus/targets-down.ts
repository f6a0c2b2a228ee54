import { type Alert, type AlertForm, alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import type { Job } from "../../kit/metrics/job";
import { targetUp } from "../../kit/metrics/target-metrics";
import { promql } from "../../kit/queries/query";
import { jobLabel, jobLabels } from "./job-labels";

/**
 * No other alert about a target has data while the target does not answer. The limit is a share, so that one of many
 * nodes may come and go.
 *
 * @param missing name of the alert that fires if a job has no target
 */
export function targetsDown(
  { name, group, team }: Pick<AlertForm, "name" | "group" | "team">,
  jobs: readonly Job[],
  missing: string,
): Alert {
  const expected = jobs.filter((job) => job.team === team);
  const labels = jobLabels(expected);
  return alert({
    name,
    group,
    severity: "warning",
    service: team,
    team,
    causedBy: ["prometheus"],
    measure: promql`avg by (job) (up{job=~"${labels.join("|")}"})`,
    on: ["job"],
    below: ratio(0.9),
    for: "10m",
    summary: "Prometheus cannot scrape a target on which other alerts depend: problems of this target go unnoticed.",
    description: `${valueText("ratio")} of the targets of {{ $labels.job }} respond to Prometheus.`,
    scenarios: scenarios(expected, missing),
  });
}

function scenarios(expected: readonly Job[], missing: string): Alert["scenarios"] {
  const targetSamples = (job: Job, share: (target: number) => readonly Part[], count = 1) =>
    Array.from({ length: count }, (_, index) => samples(targetUp(job), share(index), { instance: `10.0.0.${index}` }));
  const targetUpParts = () => [holds(1, "30m")];
  const fails = [holds(1, "5m"), holds(0, lasting("10m")), holds(1, "5m")];
  const one = expected[0] as Job;
  const rest = expected
    .filter((job) => jobLabel(job) !== jobLabel(one))
    .flatMap((job) => targetSamples(job, targetUpParts));
  return {
    "one of nine targets stops answering": fires({
      given: [...targetSamples(one, (index) => (index === 0 ? fails : targetUpParts()), 9), ...rest],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m45s"), by: lasting("10m") },
    }),
    "one of eleven targets stops answering": silent({
      given: [...targetSamples(one, (index) => (index === 0 ? fails : targetUpParts()), 11), ...rest],
      because: "nodes come and go",
    }),
    "every target is down for five minutes": blip({
      given: [...targetSamples(one, () => [holds(1, "5m"), holds(0, "5m"), holds(1, "20m")]), ...rest],
    }),
    "every target disappears from service discovery": absence(
      silent({
        given: expected.flatMap((job) => targetSamples(job, () => [holds(1, "5m"), gone("25m")])),
        because: `${missing} fires`,
      }),
    ),
  };
}
