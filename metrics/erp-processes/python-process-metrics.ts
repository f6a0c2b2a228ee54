import type { Job } from "../../kit/metrics/job";
import { source } from "../../kit/metrics/metric";
import { targetUp } from "../../kit/metrics/target-metrics";

/** Metrics that the Python client library exposes about its process, if the pod has only one process. */
export function pythonProcess(job: Job) {
  const { gauge } = source(job);
  return {
    up: targetUp(job),
    openFiles: gauge("process_open_fds", [], { help: "Open file descriptors." }),
    maxFiles: gauge("process_max_fds", [], { help: "Maximum number of open file descriptors." }),
    startTime: gauge("process_start_time_seconds", [], { help: "Unix time at which the process started." }),
  };
}
