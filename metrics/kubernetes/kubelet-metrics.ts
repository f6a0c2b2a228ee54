import { source } from "../../kit/metrics/metric";
import { clusterObjects } from "../label-vocabularies";
import { kubeletJob } from "../scrape-jobs";

export const kubeletMetricsJob = kubeletJob("kubelet", "/metrics");

const { gauge } = source(kubeletMetricsJob, clusterObjects);
const volume = {
  labels: ["namespace", "persistentvolumeclaim"],
  sample: { namespace: "monitoring", persistentvolumeclaim: "prometheus-0" },
};

/** What the kubelet measures of the volumes that pods of its node have mounted, where their driver can tell. */
export const kubelet = {
  volumeAvailable: gauge("kubelet_volume_stats_available_bytes", volume.labels, {
    help: "What can still be written to a volume.",
    sample: volume.sample,
  }),
  volumeCapacity: gauge("kubelet_volume_stats_capacity_bytes", volume.labels, {
    help: "Size of a volume's file system; of a volume that is a folder of the node, that of the node's.",
    sample: volume.sample,
  }),
  volumeInodesFree: gauge("kubelet_volume_stats_inodes_free", volume.labels, {
    help: "Files that can still be created on a volume.",
    sample: volume.sample,
  }),
  volumeInodes: gauge("kubelet_volume_stats_inodes", volume.labels, {
    help: "Files that a volume's file system can have; 0 where it has no fixed number.",
    sample: volume.sample,
  }),
};
