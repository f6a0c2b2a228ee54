import { type Alert, alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { kubelet } from "../../metrics/kubernetes/kubelet-metrics";
import { by, on, volume } from "./volume-space";

const { volumeInodesFree: free, volumeInodes: total } = kubelet;
const number = 1_000_000;

const inodeSamples = (...parts: readonly (readonly [share: number, time: StoryTime])[]) => [
  samples(
    total,
    parts.map(([, time]) => holds(number, time)),
  ),
  samples(
    free,
    parts.map(([share, time]): Part => holds(share * number, time)),
  ),
];

/**
 * A volume on which no file can be created is full, however much space is free. If the file system has no fixed number
 * of inodes, both metrics are 0.
 */
export function volumeInodesLow({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Alert {
  return alert({
    name: "VolumeInodesLow",
    group: "platform-saturation",
    severity: "warning",
    service: "volumes",
    team: "platform",
    measure: promql`min ${by} (${free}{${inOurNamespaces}} / ${total}{${inOurNamespaces}})`,
    on,
    below: ratio(0.05),
    for: "15m",
    summary: "A volume has almost no inodes left: programs will soon be unable to create files on it.",
    description: `${valueText("ratio")} of the inodes of the volume ${volume} are free.`,
    scenarios: {
      "small files pile up and are deleted": fires({
        given: (limit) => inodeSamples([0.5, "5m"], [0.9 * limit, lasting("15m")], [0.5, "10m"]),
        onset: "5m",
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: lasting("14m45s"), by: lasting("15m") },
      }),
      "just above the limit": silent({ given: (limit) => inodeSamples([1.1 * limit, "1h"]) }),
      "an import creates files for ten minutes": blip({
        given: (limit) => inodeSamples([0.5, "5m"], [0.9 * limit, "10m"], [0.5, "10m"]),
      }),
      "a file system without a fixed number of inodes": silent({
        given: [samples(total, [holds(0, "1h")]), samples(free, [holds(0, "1h")])],
      }),
      "the storage driver reports no metrics": absence(silent({ given: [samples(total, [gone("1h")])] })),
    },
  });
}
