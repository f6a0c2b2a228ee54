import { type Alert, alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import type { Inventory } from "../../metrics/inventory";
import { kubelet } from "../../metrics/kubernetes/kubelet-metrics";
import { freeShare, freeSpace, on, volume, volumeSamples } from "./volume-space";

const { volumeCapacity: capacity } = kubelet;

/** Writes will soon fail: PostgreSQL stops, and Prometheus and Loki lose data. */
export function volumeAlmostFull(inventory: Pick<Inventory, "inOurNamespaces">): Alert {
  return alert({
    name: "VolumeAlmostFull",
    group: "platform-saturation",
    severity: "critical",
    service: "volumes",
    team: "platform",
    measure: freeShare(inventory),
    on,
    below: ratio(0.03),
    for: "5m",
    summary: "A volume is almost full: writes to it will soon fail, and data will be lost.",
    description: `${valueText("ratio")} of the volume ${volume} is free.`,
    scenarios: {
      "the volume fills and is enlarged": fires({
        given: (limit) =>
          volumeSamples(freeSpace(0.5, "5m"), freeSpace(0.9 * limit, lasting("25m")), freeSpace(0.5, "10m")),
        onset: "5m",
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: lasting("24m45s"), by: lasting("25m") },
      }),
      "just above the limit": silent({ given: (limit) => volumeSamples(freeSpace(1.1 * limit, "1h")) }),
      "a merge needs space for three minutes": blip({
        given: (limit) => volumeSamples(freeSpace(0.5, "5m"), freeSpace(0.9 * limit, "3m"), freeSpace(0.5, "10m")),
      }),
      "the storage driver reports no metrics": absence(silent({ given: [samples(capacity, [gone("1h")])] })),
    },
  });
}
