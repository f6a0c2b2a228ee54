import { holds, type Part, type Samples, samples } from "../../kit/alerts/stories/samples";
import type { StoryTime } from "../../kit/alerts/stories/story-time";
import type { Metric } from "../../kit/metrics/metric";
import { nodeExporter } from "../../metrics/nodes/node-metrics";

/** Capacity of a file system in one respect, such as bytes or files. */
interface Capacity {
  readonly total: Metric;
  readonly free: Metric;
  /** Total number of bytes or files. */
  readonly amount: number;
}

interface Mounted {
  /** Whether the file system is mounted read-only, as the metric reports it: 1 or 0. @default 0 */
  readonly readOnly?: number;
  /** The type of the file system, such as `tmpfs`. @default the type in the metric's typical series */
  readonly fstype?: string;
  /** The path at which the file system is mounted. @default the path in the metric's typical series */
  readonly mountpoint?: string;
}

/** A file system in a scenario: its free shares, each for a period, and how it is mounted. */
export type FilesystemStory = [parts: readonly (readonly [share: number, time: StoryTime])[], mounted?: Mounted];

/** Series of a file system with these free shares, each for a period. */
export function filesystemSamples(
  { total, free, amount }: Capacity,
  ...[parts, { readOnly = 0, ...labels } = {}]: FilesystemStory
): Samples[] {
  return [
    samples(total, [holds(amount, "2h")], labels),
    samples(nodeExporter.filesystemReadOnly, [holds(readOnly, "2h")], labels),
    samples(
      free,
      parts.map(([share, time]): Part => holds(share * amount, time)),
      labels,
    ),
  ];
}
