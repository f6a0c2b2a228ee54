import type { Job } from "../../kit/metrics/job";
import { source } from "../../kit/metrics/metric";
import { chartJob } from "../scrape-jobs";

const [port, container] = ["reloader-web", "config-reloader"];

/** The containers beside Prometheus and Alertmanager. Their targets have the `job` of the program that they serve. */
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

/** What the container says that lays down a changed configuration and has the program beside it read it. */
function reloader(job: Job) {
  return {
    reloaded: source(job).gauge("reloader_last_reload_successful", [], {
      help: "1 when the last change was laid down and read, 0 when that failed.",
    }),
  };
}

export const prometheusReloader = reloader(prometheusReloaderJob);

export const alertmanagerReloader = reloader(alertmanagerReloaderJob);
