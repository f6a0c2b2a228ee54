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

const { filesystemFilesFree: free, filesystemFiles: total, filesystemReadOnly: readOnly } = nodeExporter;
const files = { total, free, amount: 10_000_000 };

const inodeSamples = (...given: FilesystemStory) => filesystemSamples(files, ...given);

/**
 * Below 5 % free inodes the kubelet evicts pods. If a file system has no fixed number of inodes, both metrics are 0.
 */
export const nodeInodesLow = alert({
  name: "NodeInodesLow",
  group: "platform-nodes",
  severity: "warning",
  service: "nodes",
  team: "platform",
  measure: promql`
    min by (node, device) (${free}{${realFilesystems}} / ${total}{${realFilesystems}} unless ${readOnly}{${realFilesystems}} == 1)`,
  on: ["node", "device"],
  below: ratio(0.08),
  for: "15m",
  summary: "A node's disk has almost no inodes left: programs will soon be unable to create files on it.",
  description: `${valueText("ratio")} of the inodes of {{ $labels.device }} on {{ $labels.node }} are free. Below 5% the kubelet evicts pods.`,
  scenarios: {
    "image layers use the inodes and are deleted": fires({
      given: (limit) =>
        inodeSamples([
          [0.5, "5m"],
          [0.9 * limit, lasting("15m")],
          [0.5, "10m"],
        ]),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("14m45s"), by: lasting("15m") },
    }),
    "just above the limit": silent({ given: (limit) => inodeSamples([[1.05 * limit, "1h"]]) }),
    "a read-only image is always full": silent({ given: inodeSamples([[0, "1h"]], { readOnly: 1 }) }),
    "the file system is in memory": silent({ given: inodeSamples([[0, "1h"]], { fstype: "tmpfs" }) }),
    "the file system is a pod's volume": silent({
      given: inodeSamples([[0, "1h"]], {
        mountpoint: "/var/lib/kubelet/pods/0/volumes/kubernetes.io~csi/pvc-0/mount",
      }),
      because: "VolumeInodesLow fires for volumes in our namespaces",
    }),
    "the kubelet deletes images within ten minutes": blip({
      given: (limit) =>
        inodeSamples([
          [0.5, "5m"],
          [0.9 * limit, "10m"],
          [0.5, "10m"],
        ]),
    }),
    "nothing is measured": absence(
      silent({ given: [samples(total, [gone("1h")])], because: "PlatformTargetsMissing fires" }),
    ),
  },
});
