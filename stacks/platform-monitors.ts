import { monitorLabels } from "../config/addresses";
import type { Environment } from "../config/environment";
import type { CustomResource } from "../constructs/custom-resources";
import { podMonitor } from "../constructs/pod-monitor";
import { jobs } from "../metrics/jobs";
import type { Signals } from "../signals";
import { logAgentJob, logAgentPods } from "./log-agent";
import { pods } from "./monitoring-ingress";

/** Scrapes of the parts that kube-prometheus-stack does not know. */
export function platformMonitors(environment: Environment, { keep }: Signals): readonly CustomResource[] {
  const { grafana, loki } = environment;
  const parts = [
    { job: jobs.loki, pods: pods.loki, port: "http-metrics" },
    ...(loki.canary ? [{ job: jobs.lokiCanary, pods: pods.lokiCanary, port: "http-metrics" }] : []),
    { job: logAgentJob(environment), pods: logAgentPods(environment), port: "http-metrics" },
    { job: jobs.blackboxExporter, pods: pods.blackboxExporter, port: "http" },
    ...(grafana.mode === "on" ? [{ job: jobs.grafana, pods: pods.grafana, port: "grafana" }] : []),
  ];
  return parts.map(({ job, pods, port }) =>
    podMonitor({ job: job.name, monitorLabels, pods, port, scrape: job, keep: keep(job) }),
  );
}
