import type { CustomResource } from "../constructs/custom-resources";
import { podMonitor } from "../constructs/pod-monitor";
import { monitorLabels } from "../settings/addresses";
import type { Signals } from "../signals";

/** PodMonitors of the components that kube-prometheus-stack does not scrape. */
export function platformMonitors({ podJobs }: Signals): readonly CustomResource[] {
  return podJobs.flatMap(({ job, keep }) =>
    job.pods ? podMonitor({ job: job.name, monitorLabels, pods: job.pods, port: job.port, scrape: job, keep }) : [],
  );
}
