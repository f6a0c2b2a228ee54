import { ourNamespaces } from "../../config/addresses";
import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, isGone, type Part, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { kubelet } from "../../metrics/kubernetes/kubelet-metrics";

const { volumeAvailable: available, volumeCapacity: capacity } = kubelet;
const own = `namespace=~"${ourNamespaces}"`;
const on = ["namespace", "persistentvolumeclaim"];
const by = `by (${on.join(", ")})`;
const volume = "{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }}";

/** What is left of each volume. */
export const left = promql`min ${by} (${available}{${own}} / ${capacity}{${own}})`;

const little = ratio(0.15);
const hardlyAny = ratio(0.03);
const size = 100 * 2 ** 30;
const given = (...parts: readonly Part[]) => [
  samples(
    capacity,
    parts.map(({ for: time }) => holds(size, time)),
  ),
  samples(available, parts),
];
const share = (left: number, time: string) => holds(left * size, time);
const loses = (shareOfSize: number, hours: number) => rises((-shareOfSize * size) / (3600 * hours), `${hours}h`);

/**
 * Little is left, and at the pace of the last twelve hours it is gone in two days. Prometheus keeps its volume nearly full
 * by design, going up and down by a few percent: the long window sees no way down in that.
 */
export const volumeFillingUp = alert({
  name: "VolumeFillingUp",
  severity: "warning",
  service: "volumes",
  team: "platform",
  measure: left,
  below: little,
  provided: promql`min ${by} (predict_linear(${available}{${own}}[12h], 2 * 24 * 3600)) < 0`,
  on,
  for: "1h",
  summary: "A volume will be full within two days.",
  description: `{{ $value | humanizePercentage }} of the volume ${volume} are left, and will be gone within two days.`,
  scenarios: {
    "it loses a tenth of its size in ten hours, until somebody deletes": fires({
      stepSeconds: 300,
      given: given(share(little.value + 0.02, "1h"), loses(0.1, 10), share(0.6, "2h")),
      onset: "1h",
      after: "2h50m",
      by: "3h15m",
      resolves: { after: "9h50m", by: "10h10m" },
    }),
    "after a quiet day it loses a hundredth an hour": fires({
      stepSeconds: 300,
      given: given(share(little.value + 0.01, "1d"), loses(0.1, 10)),
      onset: "1d",
      after: "5h",
      by: "5h30m",
    }),
    "it loses as much, and plenty is left": silent({
      stepSeconds: 300,
      given: given(share(0.6, "1h"), loses(0.1, 10)),
    }),
    "little is left, and stays so": lowTraffic({ stepSeconds: 300, given: given(share(0.8 * little.value, "8h")) }),
    "little is left, and it loses too slowly to be full in two days": lowTraffic({
      stepSeconds: 300,
      given: given(share(little.value, "1h"), loses(0.01, 12)),
    }),
    "Prometheus goes up and down by two percent": silent({
      stepSeconds: 300,
      given: given(share(0.8 * little.value, "1h"), ...[1, 2].flatMap(() => [loses(-0.02, 6), loses(0.02, 6)])),
    }),
    "a dump takes much for half an hour": blip({
      stepSeconds: 300,
      given: given(share(0.6, "6h"), share(0.8 * little.value, "30m"), share(0.6, "6h")),
    }),
    "its driver measures nothing": absence(silent({ given: [samples(capacity, [isGone("1h")])] })),
  },
});

/** Writes will fail: PostgreSQL stops, Prometheus and Loki lose what they are told. */
export const volumeAlmostFull = alert({
  name: "VolumeAlmostFull",
  severity: "critical",
  service: "volumes",
  team: "platform",
  measure: left,
  on,
  below: hardlyAny,
  for: "5m",
  summary: "A volume is about to be full, and what is written to it to be lost.",
  description: `{{ $value | humanizePercentage }} of the volume ${volume} are left.`,
  scenarios: {
    "it fills, and is made larger": fires({
      given: given(share(0.5, "5m"), share(0.9 * hardlyAny.value, "30m"), share(0.5, "10m")),
      onset: "5m",
      after: "4m45s",
      by: "5m",
      resolves: { after: "29m45s", by: "30m" },
    }),
    "just above the limit": silent({ given: given(share(1.1 * hardlyAny.value, "1h")) }),
    "a merge needs room for three minutes": blip({
      given: given(share(0.5, "5m"), share(0.9 * hardlyAny.value, "3m"), share(0.5, "10m")),
    }),
    "its driver measures nothing": absence(silent({ given: [samples(capacity, [isGone("1h")])] })),
  },
});
