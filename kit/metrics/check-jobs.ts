import type { Fault } from "../../faults";
import type { Job } from "./job";

/** Faults of scrape jobs that the Prometheus operator refuses, or that Prometheus reads in another way. */
export function checkJobs(jobs: readonly Job[]): Fault[] {
  return jobs.flatMap((job) =>
    findings(job).map(({ field, ...finding }) => ({
      place: `scrape job ${job.name}: ${field}`,
      value: `${job[field]}`,
      ...finding,
    })),
  );
}

interface Finding {
  readonly field: "intervalSeconds" | "timeoutSeconds" | "path" | "sampleLimit";
  readonly rule: string;
  readonly remedy: string;
}

function findings({ intervalSeconds, timeoutSeconds, path, sampleLimit = 1 }: Job): readonly Finding[] {
  const found: Finding[] = [];
  // Prometheus replaces an interval of 0 by its default. The CRDs accept no fraction of a second, such as `0.5s`.
  if (!isCount(intervalSeconds)) {
    const remedy = "write it in seconds, such as 15";
    found.push({ field: "intervalSeconds", rule: "must be a whole number above 0", remedy });
  } else if (!(isCount(timeoutSeconds) && timeoutSeconds <= intervalSeconds)) {
    const rule = `must be a whole number above 0, and at most the interval, which is ${intervalSeconds}`;
    found.push({ field: "timeoutSeconds", rule, remedy: "lower it, or raise the interval" });
  }
  if (!path.startsWith("/")) {
    found.push({ field: "path", rule: "must begin with a slash", remedy: `write /${path}` });
  }
  if (!isCount(sampleLimit)) {
    found.push({ field: "sampleLimit", rule: "must be a whole number above 0", remedy: "raise it, or remove it" });
  }
  return found;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}
