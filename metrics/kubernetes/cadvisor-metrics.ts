import { source } from "../../kit/metrics/metric";
import { clusterObjects } from "../label-vocabularies";
import { kubeletJob } from "../scrape-jobs";

export const cadvisorJob = kubeletJob("cadvisor", "/metrics/cadvisor");

const { counter, gauge } = source(cadvisorJob, clusterObjects);
/**
 * Labels of a container. The cgroup of the pod itself has no container and no image: select `container!=""`, or
 * everything counts twice.
 */
const container = ["namespace", "pod", "container?", "image?", "name?", "id"];
const sample = {
  namespace: "erp",
  pod: "erp-api-0",
  container: "erp-api",
  image: "localhost/erp:1",
  name: "0",
  id: "/kubepods/0",
};

/** Metrics of containers from the kernel, exposed by the kubelet. */
export const cadvisor = {
  cpuUsage: counter("container_cpu_usage_seconds_total", [...container, "cpu?"], {
    help: "CPU time that a container used.",
    sample,
  }),
  memoryWorkingSet: gauge("container_memory_working_set_bytes", container, {
    help: "Memory that the kernel cannot reclaim easily. When it reaches the limit, the container is killed.",
    sample,
  }),
  activeFilePages: gauge("container_memory_total_active_file_bytes", container, {
    help: "File pages in the working set, which the kernel frees before it kills a container. Older kubelets do not report them.",
    sample,
  }),
  outOfMemory: counter("container_oom_events_total", container, {
    help: "Number of times that the kernel killed a process because its container ran out of memory.",
    sample,
  }),
};
