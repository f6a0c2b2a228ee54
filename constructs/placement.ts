/** A condition on a label. @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ */
interface LabelCondition {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

interface NodeTerm {
  readonly matchExpressions: readonly LabelCondition[];
}

/** Pods near which, or away from which, a pod runs. @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ */
export interface PodTerm {
  readonly topologyKey: string;
  readonly labelSelector: {
    readonly matchLabels?: Readonly<Record<string, string>>;
    readonly matchExpressions?: readonly LabelCondition[];
  };
  readonly namespaces?: readonly string[];
}

/** @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ */
interface NodeAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: { readonly nodeSelectorTerms: readonly NodeTerm[] };
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    readonly weight: number;
    readonly preference: NodeTerm;
  }[];
}

/** @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ */
interface PodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodTerm[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    readonly weight: number;
    readonly podAffinityTerm: PodTerm;
  }[];
}

/** Conditions on the nodes of a pod and on the pods near it. @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ */
export interface Affinity {
  readonly nodeAffinity?: NodeAffinity;
  readonly podAffinity?: PodAffinity;
  readonly podAntiAffinity?: PodAffinity;
}

/**
 * The nodes on which the scheduler may place a pod, with the fields of a pod's spec. The values of all charts have the same
 * fields.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export interface Placement {
  /** Labels that a node must have. @default any node */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Taints of nodes on which the pod may run. @default none */
  readonly tolerations?: readonly {
    readonly key?: string;
    readonly operator?: "Equal" | "Exists";
    readonly value?: string;
    readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
    readonly tolerationSeconds?: number;
  }[];
  /** Conditions on nodes and on other pods. @default none */
  readonly affinity?: Affinity;
}

/** A placement that meets the conditions of both. Where both select by one label of nodes, the first one decides. */
export function mergePlacements(own: Placement, added: Placement): Placement {
  const tolerations = joinLists(own.tolerations, added.tolerations);
  const affinity = mergeAffinities(own.affinity, added.affinity);
  return {
    ...((own.nodeSelector || added.nodeSelector) && { nodeSelector: { ...added.nodeSelector, ...own.nodeSelector } }),
    ...(tolerations && { tolerations }),
    ...(affinity && { affinity }),
  };
}

/** The conditions of both affinities. */
export function mergeAffinities(own: Affinity | undefined, added: Affinity | undefined): Affinity | undefined {
  if (own === undefined || added === undefined) return own ?? added;
  const nodeAffinity = mergeNodeAffinities(own.nodeAffinity, added.nodeAffinity);
  const podAffinity = mergePodAffinities(own.podAffinity, added.podAffinity);
  const podAntiAffinity = mergePodAffinities(own.podAntiAffinity, added.podAntiAffinity);
  return {
    ...(nodeAffinity && { nodeAffinity }),
    ...(podAffinity && { podAffinity }),
    ...(podAntiAffinity && { podAntiAffinity }),
  };
}

/** One of the terms of a node affinity must hold, so that each term of one side is joined with each term of the other. */
function mergeNodeAffinities(own: NodeAffinity | undefined, added: NodeAffinity | undefined): NodeAffinity | undefined {
  if (own === undefined || added === undefined) return own ?? added;
  const [ours = [], theirs = []] = [own, added].map(
    (one) => one.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms,
  );
  const nodeSelectorTerms =
    ours.length > 0 && theirs.length > 0
      ? ours.flatMap((one) =>
          theirs.map((other) => ({ matchExpressions: [...one.matchExpressions, ...other.matchExpressions] })),
        )
      : [...ours, ...theirs];
  return {
    ...(nodeSelectorTerms.length > 0 && { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } }),
    ...preferences(own, added),
  };
}

/** All required terms of a pod affinity must hold, so that the lists of both sides are joined. */
function mergePodAffinities(own: PodAffinity | undefined, added: PodAffinity | undefined): PodAffinity | undefined {
  if (own === undefined || added === undefined) return own ?? added;
  const required = joinLists(
    own.requiredDuringSchedulingIgnoredDuringExecution,
    added.requiredDuringSchedulingIgnoredDuringExecution,
  );
  return {
    ...(required && { requiredDuringSchedulingIgnoredDuringExecution: required }),
    ...preferences(own, added),
  };
}

type Preferences<Preference> = Partial<
  Record<"preferredDuringSchedulingIgnoredDuringExecution", readonly Preference[]>
>;

function preferences<Preference>(own: Preferences<Preference>, added: Preferences<Preference>) {
  const preferred = joinLists(
    own.preferredDuringSchedulingIgnoredDuringExecution,
    added.preferredDuringSchedulingIgnoredDuringExecution,
  );
  return preferred && { preferredDuringSchedulingIgnoredDuringExecution: preferred };
}

function joinLists<Item>(own: readonly Item[] | undefined, added: readonly Item[] | undefined) {
  return own === undefined && added === undefined ? undefined : [...(own ?? []), ...(added ?? [])];
}
