import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { nodeJob } from "../scrape-jobs";

export const nodeExporterJob = nodeJob("node-exporter");

const { counter, gauge } = source(nodeExporterJob, {
  fstype: open("each driver of the kernel is one", [
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
  mountpoint: open("nodes mount what they like", [
    "/",
    "/boot",
    "/run",
    "/var/lib/kubelet/plugins/csi",
    "/var/lib/kubelet/pods/0",
  ]),
});
/** The machine's own card, itself, and what network plugins and container runtimes add. */
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

/** What the kernel of a node tells. Where the nodes have an exporter already, it is that one's word. */
export const nodeExporter = {
  cpuTime: counter("node_cpu_seconds_total", ["cpu", "mode"], {
    help: "Time that a CPU spent in each mode.",
    values: { mode: ["idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"] },
    sample: { cpu: "0", mode: "idle" },
  }),
  memoryAvailable: gauge("node_memory_MemAvailable_bytes", [], {
    help: "Memory that new processes can get without swapping.",
  }),
  memoryTotal: gauge("node_memory_MemTotal_bytes", [], { help: "Memory that the node has." }),
  filesystemAvailable: gauge("node_filesystem_avail_bytes", filesystem.labels, {
    help: "What others than root can still write to a file system.",
    sample: filesystem.sample,
  }),
  filesystemSize: gauge("node_filesystem_size_bytes", filesystem.labels, {
    help: "Size of a file system.",
    sample: filesystem.sample,
  }),
  filesystemReadOnly: gauge("node_filesystem_readonly", filesystem.labels, {
    help: "1 where nothing can be written, so that being full is no trouble.",
    unit: "flag",
    sample: filesystem.sample,
  }),
  filesystemFilesFree: gauge("node_filesystem_files_free", filesystem.labels, {
    help: "Files that can still be created on a file system.",
    sample: filesystem.sample,
  }),
  filesystemFiles: gauge("node_filesystem_files", filesystem.labels, {
    help: "Files that a file system can have; 0 where it has no fixed number.",
    sample: filesystem.sample,
  }),
  load: gauge("node_load5", [], {
    help: "Processes that run, or wait for a CPU or a disk, on average over five minutes.",
  }),
  diskQueue: counter("node_disk_io_time_weighted_seconds_total", ["device"], {
    help: "Time that all requests to a disk waited and took together: its rate is how many there are at a time.",
    sample: { device: "vda" },
  }),
  diskBusy: counter("node_disk_io_time_seconds_total", ["device"], {
    help: "Time in which a disk had something to do.",
    sample: { device: "vda" },
  }),
  received: counter("node_network_receive_bytes_total", ["device"], {
    help: "Bytes that came in.",
    values: network,
    sample: { device: "eth0" },
  }),
  sent: counter("node_network_transmit_bytes_total", ["device"], {
    help: "Bytes that went out.",
    values: network,
    sample: { device: "eth0" },
  }),
  cpuPressure: counter("node_pressure_cpu_waiting_seconds_total", [], {
    help: "Time in which some process waited for a CPU; absent where the kernel does not measure pressure.",
  }),
  memoryPressure: counter("node_pressure_memory_waiting_seconds_total", [], {
    help: "Time in which some process waited for memory.",
  }),
  ioPressure: counter("node_pressure_io_waiting_seconds_total", [], {
    help: "Time in which some process waited for a disk.",
  }),
};

/** Worth asking for where there are several. */
export const nodeClock = {
  time: gauge("node_time_seconds", [], { help: "What the node's clock says, in Unix time.", unit: "time" }),
};
