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
 * What is not scraped is not watched: every other alert about it is blind. Each job that some rule or panel relies on is
 * named, because of a job that vanished from service discovery nothing is left that could be 0. The share lets one node
 * of many come and go.
 */
export function targetsDown(
  { name, group, team }: Pick<AlertForm, "name" | "group" | "team">,
  asked: readonly Job[],
): Alert {
  const expected = asked.filter((job) => job.team === team);
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
    summary: "Something that other alerts rely on cannot be scraped.",
    description: `Of the targets of {{ $labels.job }}, ${valueText("ratio")} answer Prometheus; at 0% there may be none at all. What it tells is not watched.`,
    scenarios: scenarios(expected),
  });
}

function scenarios(expected: readonly Job[]): Alert["scenarios"] {
  const targetSamples = (job: Job, share: (target: number) => readonly Part[], count = 1) =>
    Array.from({ length: count }, (_, index) => samples(targetUp(job), share(index), { instance: `10.0.0.${index}` }));
  const targetUpParts = () => [holds(1, "30m")];
  const ill = [holds(1, "5m"), holds(0, lasting("10m")), holds(1, "5m")];
  const targetGoneParts = () => [holds(1, "5m"), gone("25m")];
  const one = expected[0] as Job;
  const stories = expected.map((job) => ({
    job,
    stays: targetSamples(job, targetUpParts),
    vanishes: targetSamples(job, targetGoneParts),
  }));
  const vanishing = expected.map((job) => [
    `${labelOf(job)} vanishes from service discovery`,
    fires({
      given: stories.flatMap(({ job: other, stays, vanishes }) => (labelOf(other) === labelOf(job) ? vanishes : stays)),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
    }),
  ]);
  const rest = stories.filter(({ job }) => labelOf(job) !== labelOf(one)).flatMap(({ stays }) => stays);
  return {
    ...Object.fromEntries(vanishing),
    "one of nine targets stops answering": fires({
      given: [...targetSamples(one, (index) => (index === 0 ? ill : targetUpParts()), 9), ...rest],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m45s"), by: lasting("10m") },
    }),
    "one of eleven stops answering": silent({
      given: [...targetSamples(one, (index) => (index === 0 ? ill : targetUpParts()), 11), ...rest],
      because: "nodes come and go",
    }),
    "every target is away for five minutes": blip({
      given: [...targetSamples(one, () => [holds(1, "5m"), holds(0, "5m"), holds(1, "20m")]), ...rest],
    }),
    "nothing was ever scraped": absence(fires({ given: [], after: lasting("-15s"), by: lasting() })),
  };
}

/** Several jobs may share a value of the label, as those of the kubelet do. */
function labelOf({ name, labels }: Job): string {
  return labels.job?.values?.[0] ?? name;
}
