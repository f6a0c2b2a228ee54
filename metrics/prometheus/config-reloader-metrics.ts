import type { Job } from "../../kit/metrics/job";
import { source } from "../../kit/metrics/metric";
import { chartJob } from "../scrape-jobs";

const [port, container] = ["reloader-web", "config-reloader"];

/**
 * Jobs of the reloader containers in the pods of Prometheus and Alertmanager. Their targets have the `job` label of the
 * main program.
 */
export const prometheusReloaderJob = chartJob(
  "prometheus-config-reloader",
  port,
  "kube-prometheus-stack-prometheus",
  container,
);
export const alertmanagerReloaderJob = chartJob(
  "alertmanager-config-reloader",
  port,
  "kube-prometheus-stack-alertmanager",
  container,
);

/** Metrics of a reloader, the container that writes a changed configuration to a file and makes the program load it. */
function reloader(job: Job) {
  return {
    reloaded: source(job).gauge("reloader_last_reload_successful", [], {
      help: "1 if the last change was written and loaded, 0 if that failed.",
    }),
  };
}

export const prometheusReloader = reloader(prometheusReloaderJob);

export const alertmanagerReloader = reloader(alertmanagerReloaderJob);
