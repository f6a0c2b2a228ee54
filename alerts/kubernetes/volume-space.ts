import { holds, type Part, samples } from "../../kit/alerts/stories/samples";
import type { StoryTime } from "../../kit/alerts/stories/story-time";
import { type Promql, promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { kubelet } from "../../metrics/kubernetes/kubelet-metrics";

const { volumeAvailable: available, volumeCapacity: capacity } = kubelet;

export const on = ["namespace", "persistentvolumeclaim"];

export const by = `by (${on.join(", ")})`;

export const volume = "{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }}";

/** Free share of each volume in our namespaces. */
export function freeShare({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Promql {
  return promql`min ${by} (${available}{${inOurNamespaces}} / ${capacity}{${inOurNamespaces}})`;
}

export const size = 100 * 2 ** 30;

export const volumeSamples = (...parts: readonly Part[]) => [
  samples(
    capacity,
    parts.map(({ for: time }) => holds(size, time)),
  ),
  samples(available, parts),
];

export const freeSpace = (share: number, time: StoryTime) => holds(share * size, time);
