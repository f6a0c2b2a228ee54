import { type Alert, type AlertForm, alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import type { Job } from "../../kit/metrics/job";
import { targetUp } from "../../kit/metrics/target-metrics";
import { promql } from "../../kit/queries/query";

/**
 * No other alert about a target has data while the target is not scraped. The expression lists each job that a rule or
 * a panel needs, because a job that disappeared from service discovery has no `up` series that could be 0. The limit is
 * a share, so that one of many nodes may come and go.
 */
export function targetsDown(
  { name, group, team }: Pick<AlertForm, "name" | "group" | "team">,
  jobs: readonly Job[],
): Alert {
  const expected = jobs.filter((job) => job.team === team);
  const labels = [...new Set(expected.map(labelOf))].sort();
  const absent = labels.map((label) => promql`absent(up{job="${label}"}) - 1`.text);
  return alert({
    name,
    group,
    severity: "warning",
    service: team,
    team,
    causedBy: ["prometheus"],
    measure: promql`avg by (job) (up{job=~"${labels.join("|")}"}) or ${absent.join(" or ")}`,
    on: ["job"],
    below: ratio(0.9),
    for: "10m",
    summary: "Prometheus cannot scrape a target on which other alerts depend: problems of this target go unnoticed.",
    description: `${valueText("ratio")} of the targets of {{ $labels.job }} respond to Prometheus. At 0%, there may be no target at all.`,
    scenarios: scenarios(expected),
  });
}

function scenarios(expected: readonly Job[]): Alert["scenarios"] {
  const targetSamples = (job: Job, share: (target: number) => readonly Part[], count = 1) =>
    Array.from({ length: count }, (_, index) => samples(targetUp(job), share(index), { instance: `10.0.0.${index}` }));
  const targetUpParts = () => [holds(1, "30m")];
  const fails = [holds(1, "5m"), holds(0, lasting("10m")), holds(1, "5m")];
  const targetGoneParts = () => [holds(1, "5m"), gone("25m")];
  const one = expected[0] as Job;
  const stories = expected.map((job) => ({
    job,
    present: targetSamples(job, targetUpParts),
    disappears: targetSamples(job, targetGoneParts),
  }));
  const disappearing = expected.map((job) => [
    `${labelOf(job)} disappears from service discovery`,
    fires({
      given: stories.flatMap(({ job: other, present, disappears }) =>
        labelOf(other) === labelOf(job) ? disappears : present,
      ),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
    }),
  ]);
  const rest = stories.filter(({ job }) => labelOf(job) !== labelOf(one)).flatMap(({ present }) => present);
  return {
    ...Object.fromEntries(disappearing),
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
    "nothing was ever scraped": absence(fires({ given: [], after: lasting("-15s"), by: lasting() })),
  };
}

/** Value of the job label. Several jobs may share one, as the jobs of the kubelet do. */
function labelOf({ name, labels }: Job): string {
  return labels.job?.values?.[0] ?? name;
}
