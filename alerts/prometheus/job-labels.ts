import type { Job } from "../../kit/metrics/job";

/** Value of the job label. Several jobs may share one, as the jobs of the kubelet do. */
export function jobLabel({ name, labels }: Job): string {
  return labels.job?.values?.[0] ?? name;
}

/** The values of the job label of these jobs, sorted. */
export function jobLabels(jobs: readonly Job[]): string[] {
  return [...new Set(jobs.map(jobLabel))].sort();
}
