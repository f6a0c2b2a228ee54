import { type Alert, alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { kubelet } from "../../metrics/kubernetes/kubelet-metrics";
import { by, freeShare, freeSpace, on, size, volume, volumeSamples } from "./volume-space";

const { volumeAvailable: available, volumeCapacity: capacity } = kubelet;

const lossRate = (shareOfSize: number, hours: number) => rises((-shareOfSize * size) / (3600 * hours), `${hours}h`);

/**
 * Little space is free, and at the rate of the last twelve hours the volume is full in two days. Prometheus keeps its
 * volume nearly full by design, and its use varies by a few percent; over the long window this shows no downward trend.
 */
export function volumeFillingUp({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Alert {
  return alert({
    name: "VolumeFillingUp",
    group: "platform-saturation",
    severity: "warning",
    service: "volumes",
    team: "platform",
    measure: freeShare({ inOurNamespaces }),
    below: ratio(0.15),
    provided: promql`min ${by} (predict_linear(${available}{${inOurNamespaces}}[12h], 2 * 24 * 3600)) < 0`,
    on,
    for: "1h",
    summary: "A volume will be full within two days.",
    description: `${valueText("ratio")} of the volume ${volume} is free. At the rate of the last 12 hours, it is full within two days.`,
    scenarios: {
      "a tenth of the volume fills in ten hours, and then files are deleted": fires({
        stepSeconds: 300,
        given: (limit) => volumeSamples(freeSpace(limit + 0.02, "1h"), lossRate(0.1, 10), freeSpace(0.6, "2h")),
        onset: "1h",
        after: lasting("1h50m"),
        by: lasting("2h15m"),
        resolves: { after: "9h50m", by: "10h10m" },
      }),
      "after a quiet day, 1% of the volume fills every hour": fires({
        stepSeconds: 300,
        given: (limit) => volumeSamples(freeSpace(limit + 0.01, "1d"), lossRate(0.1, 10)),
        onset: "1d",
        after: lasting("4h"),
        by: lasting("4h30m"),
      }),
      "the volume fills just as fast, but has plenty of free space": silent({
        stepSeconds: 300,
        given: volumeSamples(freeSpace(0.6, "1h"), lossRate(0.1, 10)),
      }),
      "little space is free, and use is constant": lowTraffic({
        stepSeconds: 300,
        given: (limit) => volumeSamples(freeSpace(0.8 * limit, "8h")),
      }),
      "little space is free, and use grows too slowly to fill it in two days": lowTraffic({
        stepSeconds: 300,
        given: (limit) => volumeSamples(freeSpace(limit, "1h"), lossRate(0.01, 12)),
      }),
      "Prometheus' use varies by two percent": silent({
        stepSeconds: 300,
        given: (limit) =>
          volumeSamples(freeSpace(0.8 * limit, "1h"), ...[1, 2].flatMap(() => [lossRate(-0.02, 6), lossRate(0.02, 6)])),
      }),
      "a dump needs much space for half an hour": blip({
        stepSeconds: 300,
        given: (limit) => volumeSamples(freeSpace(0.6, "6h"), freeSpace(0.8 * limit, "30m"), freeSpace(0.6, "6h")),
      }),
      "the storage driver reports no metrics": absence(silent({ given: [samples(capacity, [gone("1h")])] })),
    },
  });
}
