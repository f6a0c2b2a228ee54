import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { nodeJob } from "../scrape-jobs";

export const nodeExporterJob = nodeJob("node-exporter");

const { counter, gauge } = source(nodeExporterJob, {
  fstype: open("each file system driver of the kernel has a type", [
    "ext4",
    "xfs",
    "erofs",
    "fuse.lxcfs",
    "iso9660",
    "overlay",
    "ramfs",
    "squashfs",
    "tmpfs",
  ]),
  mountpoint: open("nodes choose their mount points", [
    "/",
    "/boot",
    "/run",
    "/var/lib/kubelet/plugins/csi",
    "/var/lib/kubelet/pods/0",
  ]),
});
/** Network devices: the node's own card, the loopback device, and devices of network plugins and container runtimes. */
const network = {
  device: open("network plugins name their devices", [
    "eth0",
    "lo",
    "cali0",
    "cni0",
    "docker0",
    "flannel.1",
    "lxc0",
    "tunl0",
    "veth0",
  ]),
};
const filesystem = {
  labels: ["device", "fstype", "mountpoint"],
  sample: { device: "/dev/vda1", fstype: "ext4", mountpoint: "/" },
} as const;

/** Metrics of a node from its kernel. Where the cluster already has a node exporter, they come from that one. */
export const nodeExporter = {
  cpuTime: counter("node_cpu_seconds_total", ["cpu", "mode"], {
    help: "Time that a CPU spent in each mode.",
    values: { mode: ["idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"] },
    sample: { cpu: "0", mode: "idle" },
  }),
  memoryAvailable: gauge("node_memory_MemAvailable_bytes", [], {
    help: "Memory that new processes can get without swapping.",
  }),
  memoryTotal: gauge("node_memory_MemTotal_bytes", [], { help: "Total memory of the node." }),
  filesystemAvailable: gauge("node_filesystem_avail_bytes", filesystem.labels, {
    help: "Free space of a file system for users other than root.",
    sample: filesystem.sample,
  }),
  filesystemSize: gauge("node_filesystem_size_bytes", filesystem.labels, {
    help: "Size of a file system.",
    sample: filesystem.sample,
  }),
  filesystemReadOnly: gauge("node_filesystem_readonly", filesystem.labels, {
    help: "1 if the file system is read-only, so that it may be full.",
    unit: "flag",
    sample: filesystem.sample,
  }),
  filesystemFilesFree: gauge("node_filesystem_files_free", filesystem.labels, {
    help: "Free inodes of a file system.",
    sample: filesystem.sample,
  }),
  filesystemFiles: gauge("node_filesystem_files", filesystem.labels, {
    help: "Total inodes of a file system. 0 if it has no fixed number.",
    sample: filesystem.sample,
  }),
  load: gauge("node_load5", [], {
    help: "Processes that run or wait for a CPU or a disk: average over five minutes.",
  }),
  diskQueue: counter("node_disk_io_time_weighted_seconds_total", ["device"], {
    help: "Total time that requests to a disk waited and took. The rate is the average number of requests in the queue.",
    sample: { device: "vda" },
  }),
  diskBusy: counter("node_disk_io_time_seconds_total", ["device"], {
    help: "Time in which a disk was busy.",
    sample: { device: "vda" },
  }),
  received: counter("node_network_receive_bytes_total", ["device"], {
    help: "Received bytes.",
    values: network,
    sample: { device: "eth0" },
  }),
  sent: counter("node_network_transmit_bytes_total", ["device"], {
    help: "Sent bytes.",
    values: network,
    sample: { device: "eth0" },
  }),
  cpuPressure: counter("node_pressure_cpu_waiting_seconds_total", [], {
    help: "Time in which at least one process waited for a CPU. Absent if the kernel does not measure pressure.",
  }),
  memoryPressure: counter("node_pressure_memory_waiting_seconds_total", [], {
    help: "Time in which at least one process waited for memory.",
  }),
  ioPressure: counter("node_pressure_io_waiting_seconds_total", [], {
    help: "Time in which at least one process waited for a disk.",
  }),
};

/** Clock of a node, for clusters with several nodes. */
export const nodeClock = {
  time: gauge("node_time_seconds", [], { help: "Unix time of the node's clock.", unit: "time" }),
};
