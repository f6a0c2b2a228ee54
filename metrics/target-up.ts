import type { Job } from "./jobs";
import { type Metric, source } from "./metric";

/** What Prometheus itself says of each target of a job; once it no longer knows the target, nothing. */
export function targetUp(job: Job): Metric {
  return source(job).gauge("up", [], { help: "1 when the last scrape succeeded, 0 when it failed." });
}

/** Of every job that something is asked of. */
export function targetsUp(metrics: readonly Metric[]): Metric[] {
  const said = new Set(metrics.filter(({ name }) => name === "up").map(({ job }) => job));
  return jobsOf(metrics)
    .filter((job) => !said.has(job))
    .map(targetUp);
}

/** The jobs without which a rule or panel would see nothing. */
export function jobsOf(metrics: readonly Metric[]): Job[] {
  return [...new Set(metrics.map(({ job }) => job))];
}
