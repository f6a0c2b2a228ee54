import type { Job } from "../../metrics/jobs";
import { type Metric, source } from "./metric";

/** What Prometheus itself says of each target of a job; once it no longer knows the target, nothing. */
export function targetUp(job: Job): Metric {
  return source(job).gauge("up", [], { help: "1 when the last scrape succeeded, 0 when it failed." });
}

/** How long a scrape of each target of a job took. */
export function scrapeDuration(job: Job): Metric {
  return source(job).gauge("scrape_duration_seconds", [], { help: "How long the last scrape took.", unit: "seconds" });
}

/** How many series each target of a job has brought: who is behind it when they become many. */
export function scrapeSamples(job: Job): Metric {
  const help = "Samples of the last scrape that were kept.";
  return source(job).gauge("scrape_samples_post_metric_relabeling", [], { help });
}

/** Of every job that something is asked of. */
export function targetsUp(metrics: readonly Metric[]): Metric[] {
  const said = new Set(metrics.filter(({ name }) => name === "up").map(({ job }) => job));
  const asked = jobsOf(metrics);
  return [
    ...asked.filter((job) => !said.has(job)).map(targetUp),
    ...asked.flatMap((job) => [scrapeDuration(job), scrapeSamples(job)]),
  ];
}

/** The jobs without which a rule or panel would see nothing. */
export function jobsOf(metrics: readonly Metric[]): Job[] {
  return [...new Set(metrics.map(({ job }) => job))];
}
