import type { Job } from "./job";
import { type Metric, source } from "./metric";

/** The series `up` that Prometheus itself writes for each target of a job, as long as it knows the target. */
export function targetUp(job: Job): Metric {
  return source(job).gauge("up", [], { help: "1 when the last scrape succeeded, 0 when it failed." });
}

/** Duration of the scrape of each target of a job. */
export function scrapeDuration(job: Job): Metric {
  return source(job).gauge("scrape_duration_seconds", [], { help: "Duration of the last scrape." });
}

/** Number of samples of each target of a job: shows which job causes a growing number of series. */
export function scrapeSamples(job: Job): Metric {
  const help = "Samples of the last scrape that were stored.";
  return source(job).gauge("scrape_samples_post_metric_relabeling", [], { help });
}

/** The series that Prometheus writes about the targets of all jobs of these metrics; without `up` where it is declared. */
export function targetMetrics(metrics: readonly Metric[]): Metric[] {
  const declared = new Set(metrics.filter(({ name }) => name === "up").map(({ job }) => job));
  const jobs = distinctJobs(metrics);
  return [
    ...jobs.filter((job) => !declared.has(job)).map(targetUp),
    ...jobs.flatMap((job) => [scrapeDuration(job), scrapeSamples(job)]),
  ];
}

/** The jobs of these metrics. */
export function distinctJobs(metrics: readonly Metric[]): Job[] {
  return [...new Set(metrics.map(({ job }) => job))];
}
