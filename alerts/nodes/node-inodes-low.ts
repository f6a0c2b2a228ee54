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

/** Below 5 % the kubelet throws pods off. Where a file system has no fixed number, both are 0. */
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
  summary: "A disk of a node can hardly take more files, although it has space.",
  description: `${valueText("ratio")} of the files that {{ $labels.device }} on {{ $labels.node }} can have is left.`,
  scenarios: {
    "layers of images fill it, and are deleted": fires({
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
    "an image that only runs from it is always full": silent({ given: inodeSamples([[0, "1h"]], { readOnly: 1 }) }),
    "it is memory": silent({ given: inodeSamples([[0, "1h"]], { fstype: "tmpfs" }) }),
    "it is a pod's volume": silent({
      given: inodeSamples([[0, "1h"]], {
        mountpoint: "/var/lib/kubelet/pods/0/volumes/kubernetes.io~csi/pvc-0/mount",
      }),
      because: "VolumeInodesLow fires for those that are ours",
    }),
    "the kubelet deletes images in ten minutes": blip({
      given: (limit) =>
        inodeSamples([
          [0.5, "5m"],
          [0.9 * limit, "10m"],
          [0.5, "10m"],
        ]),
    }),
    "nothing is measured": absence(
      silent({ given: [samples(total, [gone("1h")])], because: "PlatformTargetsDown fires" }),
    ),
  },
});
