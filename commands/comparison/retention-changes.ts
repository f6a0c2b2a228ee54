import { inSeconds } from "../../kit/queries/duration";
import { prometheusBytesOf } from "../../kit/queries/quantity";
import { breakingFields } from "./breaking-change";
import type { FoundChange } from "./change";
import type { DeployedObject, Fields } from "./deployed-objects";
import { leafChanges } from "./leaf-changes";
import { lokiSection, lokiValues } from "./loki-storage";

/** Changes of a retention after which data is deleted that is kept before. */
export function retentionChanges(before: DeployedObject, after: DeployedObject): FoundChange[] {
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
  /** Retention time of samples, in seconds. */
  readonly prometheus: number;
  /** Retention size of samples, in bytes. */
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

/** Whether Loki keeps any stream, or the lines without a stream rule, for a shorter time. */
function lokiShrinks(before: DeployedObject, after: DeployedObject): boolean {
  const [one, other] = [lokiPeriods(before), lokiPeriods(after)];
  const selectors = ["", ...Object.keys(one.streams), ...Object.keys(other.streams)];
  return selectors.some(
    (selector) => (other.streams[selector] ?? other.general) < (one.streams[selector] ?? one.general),
  );
}

interface LokiPeriods {
  /** Retention of lines without a stream rule, in seconds. */
  readonly general: number;
  /** Retention by stream selector, in seconds. */
  readonly streams: Readonly<Record<string, number>>;
}

function lokiPeriods(object: DeployedObject): LokiPeriods {
  const values = lokiValues(object) ?? {};
  const { retention_period, retention_stream = [] } = lokiSection(values, "limits_config");
  // If the compactor does not delete, Loki keeps everything.
  if (lokiSection(values, "compactor").retention_enabled !== true) {
    return { general: Number.POSITIVE_INFINITY, streams: {} };
  }
  const streams = retention_stream as readonly { readonly selector: string; readonly period: string }[];
  return {
    general: seconds(retention_period),
    streams: Object.fromEntries(streams.map(({ selector, period }) => [selector, seconds(period)])),
  };
}

/** A retention in seconds. A missing retention, and a retention of zero, keep everything. */
function seconds(retention: unknown): number {
  return inSeconds(String(retention ?? "0s")) || Number.POSITIVE_INFINITY;
}
