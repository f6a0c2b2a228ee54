import type { Job } from "../../kit/metrics/job";
import { source } from "../../kit/metrics/metric";
import { targetUp } from "../../kit/metrics/target-metrics";

/** What the Python client tells of a process that it runs in, as long as the pod has one process. */
export function pythonProcess(job: Job) {
  const { gauge } = source(job);
  return {
    up: targetUp(job),
    openFiles: gauge("process_open_fds", [], { help: "File descriptors that are open." }),
    maxFiles: gauge("process_max_fds", [], { help: "File descriptors that may be open." }),
    startTime: gauge("process_start_time_seconds", [], { help: "When it started, in Unix time." }),
  };
}
