import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { nodeExporter } from "../../metrics/nodes/node-metrics";
import { type FilesystemStory, filesystemSamples } from "./filesystem-samples";
import { realFilesystems } from "./real-filesystems";

const { filesystemAvailable, filesystemSize, filesystemReadOnly } = nodeExporter;
const space = { total: filesystemSize, free: filesystemAvailable, amount: 200 * 2 ** 30 };

const diskSamples = (...given: FilesystemStory) => filesystemSamples(space, ...given);

/**
 * Below 15 % free space the kubelet deletes images, and below 10 % it evicts pods. Between the two, deleting images did
 * not help. A disk that is mounted in several places causes one alert.
 */
export const nodeDiskAlmostFull = alert({
  name: "NodeDiskAlmostFull",
  group: "platform-nodes",
  severity: "warning",
  service: "nodes",
  team: "platform",
  measure: promql`
    min by (node, device) (${filesystemAvailable}{${realFilesystems}} / ${filesystemSize}{${realFilesystems}} unless ${filesystemReadOnly}{${realFilesystems}} == 1)`,
  on: ["node", "device"],
  below: ratio(0.12),
  for: "15m",
  summary: "A node's disk is almost full, and Kubernetes will soon evict pods from the node.",
  description: `${valueText("ratio")} of {{ $labels.device }} on {{ $labels.node }} is free. Below 10% the kubelet evicts pods.`,
  scenarios: {
    "logs fill the disk": fires({
      given: (limit) =>
        diskSamples([
          [0.5, "5m"],
          [0.9 * limit, lasting("15m")],
          [0.5, "10m"],
        ]),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("14m45s"), by: lasting("15m") },
    }),
    "just above the limit": silent({ given: (limit) => diskSamples([[1.05 * limit, "1h"]]) }),
    "a read-only image is always full": silent({ given: diskSamples([[0, "1h"]], { readOnly: 1 }) }),
    "the file system is in memory": silent({ given: diskSamples([[0, "1h"]], { fstype: "tmpfs" }) }),
    "the file system is a pod's volume": silent({
      given: diskSamples([[0, "1h"]], { mountpoint: "/var/lib/kubelet/pods/0/volumes/kubernetes.io~csi/pvc-0/mount" }),
      because: "VolumeAlmostFull fires for volumes in our namespaces",
    }),
    "the kubelet deletes images within ten minutes": blip({
      given: (limit) =>
        diskSamples([
          [0.5, "5m"],
          [0.9 * limit, "10m"],
          [0.5, "10m"],
        ]),
    }),
    "nothing is measured": absence(
      silent({ given: [samples(filesystemSize, [gone("1h")])], because: "PlatformTargetsMissing fires" }),
    ),
  },
});
