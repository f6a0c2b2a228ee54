import { source } from "../../kit/metrics/metric";
import { clusterObjects } from "../label-vocabularies";
import { kubeletJob } from "../scrape-jobs";

export const cadvisorJob = kubeletJob("cadvisor", "/metrics/cadvisor");

const { counter, gauge } = source(cadvisorJob, clusterObjects);
/** A pod's own cgroup has neither container nor image: ask for `container!=""`, or everything counts twice. */
const container = ["namespace", "pod", "container?", "image?", "name?", "id"];
const sample = {
  namespace: "erp",
  pod: "erp-api-0",
  container: "erp-api",
  image: "localhost/erp:1",
  name: "0",
  id: "/kubepods/0",
};

/** What the kernel measures of containers, by the kubelet. */
export const cadvisor = {
  cpuUsage: counter("container_cpu_usage_seconds_total", [...container, "cpu?"], {
    help: "CPU time that a container used.",
    sample,
  }),
  memoryWorkingSet: gauge("container_memory_working_set_bytes", container, {
    help: "Memory that cannot be taken from a container; at its limit the container is killed.",
    sample,
  }),
  activeFilePages: gauge("container_memory_total_active_file_bytes", container, {
    help: "Pages of files in the working set: the kernel takes them back before it kills. Older kubelets do not tell.",
    sample,
  }),
  outOfMemory: counter("container_oom_events_total", container, {
    help: "How often the kernel killed a process of a container that used up its memory.",
    sample,
  }),
};
