import { source } from "../../kit/metrics/metric";
import { clusterObjects } from "../label-vocabularies";
import { kubeletJob } from "../scrape-jobs";

export const kubeletMetricsJob = kubeletJob("kubelet", "/metrics");

const { gauge } = source(kubeletMetricsJob, clusterObjects);
const volume = {
  labels: ["namespace", "persistentvolumeclaim"],
  sample: { namespace: "monitoring", persistentvolumeclaim: "prometheus-0" },
};

/** Metrics of mounted volumes, exposed by the kubelet of their node if the storage driver reports volume statistics. */
export const kubelet = {
  volumeAvailable: gauge("kubelet_volume_stats_available_bytes", volume.labels, {
    help: "Free space of a volume.",
    sample: volume.sample,
  }),
  volumeCapacity: gauge("kubelet_volume_stats_capacity_bytes", volume.labels, {
    help: "Size of a volume's file system. For a volume that is a folder on the node, it is the node's file system.",
    sample: volume.sample,
  }),
  volumeInodesFree: gauge("kubelet_volume_stats_inodes_free", volume.labels, {
    help: "Free inodes of a volume.",
    sample: volume.sample,
  }),
  volumeInodes: gauge("kubelet_volume_stats_inodes", volume.labels, {
    help: "Total inodes of a volume. 0 if the file system has no fixed number.",
    sample: volume.sample,
  }),
};
