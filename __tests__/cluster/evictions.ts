import { kubectl } from "./kubernetes";

/** A pod that the kubelet ended because its node lacked room. */
interface Eviction {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `<namespace>/<pod>` */
  readonly pod: string;
  readonly priority: number;
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly namespace: string; readonly name: string };
    readonly spec: { readonly priority?: number };
    readonly status: {
      readonly reason?: string;
      readonly conditions?: readonly { readonly type: string; readonly lastTransitionTime: string }[];
    };
  }[];
}

/** The pods that were evicted since a time, in the order in which the kubelet chose them. */
export function evictions(since: number): readonly Eviction[] {
  const { items }: PodList = JSON.parse(kubectl("get", "pods", "--all-namespaces", "-o", "json"));
  return items
    .filter(({ status }) => status.reason === "Evicted")
    .map(({ metadata, spec, status }) => ({
      at: Date.parse(status.conditions?.find(({ type }) => type === "DisruptionTarget")?.lastTransitionTime ?? ""),
      pod: `${metadata.namespace}/${metadata.name}`,
      priority: spec.priority ?? 0,
    }))
    .filter(({ at }) => at > since)
    .sort((one, other) => one.at - other.at);
}
