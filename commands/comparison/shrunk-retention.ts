import { inSeconds } from "../../kit/queries/duration";
import { prometheusBytesOf } from "../../settings/quantity";
import { breakingFields } from "./breaking-change";
import type { FoundChange } from "./change";
import type { DeployedObject, Fields } from "./deployed-objects";
import { leafChanges } from "./leaf-changes";
import { lokiSection, lokiValues } from "./loki-storage";

/** Retentions after which something is deleted that is kept today. */
export function shrunkRetention(before: DeployedObject, after: DeployedObject): FoundChange[] {
  if (before.kind !== "Helm release") return [];
  const [one, other] = [retentions(before), retentions(after)];
  const isShrunk = (limit: keyof Retentions) => other[limit] < one[limit];
  return breakingFields(before, leafChanges(before.content.values, after.content.values, "values"), ({ field }) => {
    if (/\.prometheusSpec\.retention$/.test(field)) return isShrunk("prometheus") ? olderDeleted : undefined;
    if (/\.prometheusSpec\.retentionSize$/.test(field)) return isShrunk("prometheusSize") ? excessDeleted : undefined;
    const isLoki = /^values\.loki\..*\.(retention_period|retention_enabled|retention_stream)(\[|\.|$)/.test(field);
    return isLoki && lokiShrinks(before, after) ? olderDeleted : undefined;
  });
}

const olderDeleted = "data that is older than the new retention is deleted";
const excessDeleted = "the oldest data is deleted until the rest fits into the new size";

interface Retentions {
  /** Seconds. */
  readonly prometheus: number;
  /** Bytes. */
  readonly prometheusSize: number;
}

function retentions({ content }: DeployedObject): Retentions {
  const { prometheus = {} } = content.values as Fields;
  const { retention, retentionSize } = ((prometheus as Fields).prometheusSpec ?? {}) as Fields;
  return {
    // The default of the chart kube-prometheus-stack.
    prometheus: seconds(retention ?? "10d"),
    prometheusSize: retentionSize ? prometheusBytesOf(String(retentionSize)) : Number.POSITIVE_INFINITY,
  };
}

/** Whether any stream of Loki's lines, or the lines without a rule of their own, are kept for a shorter time. */
function lokiShrinks(before: DeployedObject, after: DeployedObject): boolean {
  const [one, other] = [lokiPeriods(before), lokiPeriods(after)];
  const selectors = ["", ...Object.keys(one.streams), ...Object.keys(other.streams)];
  return selectors.some(
    (selector) => (other.streams[selector] ?? other.general) < (one.streams[selector] ?? one.general),
  );
}

interface LokiPeriods {
  /** Seconds that lines are kept. */
  readonly general: number;
  /** Seconds by the selector of the lines. */
  readonly streams: Readonly<Record<string, number>>;
}

function lokiPeriods(object: DeployedObject): LokiPeriods {
  const values = lokiValues(object) ?? {};
  const { retention_period, retention_stream = [] } = lokiSection(values, "limits_config");
  // Without a compactor that deletes, Loki keeps everything.
  if (lokiSection(values, "compactor").retention_enabled !== true) {
    return { general: Number.POSITIVE_INFINITY, streams: {} };
  }
  const streams = retention_stream as readonly { readonly selector: string; readonly period: string }[];
  return {
    general: seconds(retention_period),
    streams: Object.fromEntries(streams.map(({ selector, period }) => [selector, seconds(period)])),
  };
}

/** No retention, and one of zero, keep everything. */
function seconds(retention: unknown): number {
  return inSeconds(String(retention ?? "0s")) || Number.POSITIVE_INFINITY;
}
