import { z } from "zod";
import { count, labelName, labels, labelValue, message, name, text, unique } from "./fields";

/**
 * The nodes on which the scheduler may place pods, with the names and the meaning that Kubernetes gives them.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */

const set = z.strictObject({
  key: labelName,
  /** Whether the value of the label must be one of `values`, or none of them. */
  operator: z.enum(["In", "NotIn"]),
  values: unique(labelValue).min(1),
});

const presence = z.strictObject({ key: labelName, operator: z.enum(["Exists", "DoesNotExist"]) });

const comparison = z.strictObject({
  key: labelName,
  /** Whether the value of the label must be greater or less than the only entry of `values`. */
  operator: z.enum(["Gt", "Lt"]),
  values: z
    .array(text(/^-?\d{1,15}$/, "must be a whole number as text", 'write it such as `"8"`'))
    .min(1)
    .max(1, message("must have one entry, with which the label is compared", "remove the other entries")),
});

/** Conditions on the labels of nodes. All of them must hold. */
const nodeTerm = z.strictObject({
  matchExpressions: z.array(z.discriminatedUnion("operator", [set, presence, comparison])).min(1),
});

const nodeAffinity = z.strictObject({
  /** Conditions without which no pod starts on a node. One of the terms must hold. @default no condition */
  requiredDuringSchedulingIgnoredDuringExecution: z
    .strictObject({ nodeSelectorTerms: z.array(nodeTerm).min(1) })
    .optional(),
  /** Conditions that the scheduler prefers. @default no preference */
  preferredDuringSchedulingIgnoredDuringExecution: z
    .array(z.strictObject({ weight: weight(), preference: nodeTerm }))
    .min(1)
    .optional(),
});

/** Pods that run on the same node, in the same zone, or in another group of nodes with one value of a label. */
const podTerm = z.strictObject({
  /** The label of nodes that defines the groups, such as `kubernetes.io/hostname` for single nodes. */
  topologyKey: labelName,
  /** The pods, by their labels. */
  labelSelector: z
    .strictObject({
      /** Labels with their values. @default no condition */
      matchLabels: labels.optional(),
      /** Conditions on labels. @default no condition */
      matchExpressions: z
        .array(z.discriminatedUnion("operator", [set, presence]))
        .min(1)
        .optional(),
    })
    .refine(
      ({ matchLabels = {}, matchExpressions }) => matchExpressions !== undefined || Object.keys(matchLabels).length > 0,
      message(
        "must have a condition: without one, it selects every pod",
        "write it such as { matchLabels: { app: … } }",
      ),
    ),
  /** The namespaces of the selected pods. @default the namespace of the placed pod */
  namespaces: unique(name).min(1).optional(),
});

const podAffinity = z.strictObject({
  /** Conditions without which no pod starts on a node. All of them must hold. @default no condition */
  requiredDuringSchedulingIgnoredDuringExecution: z.array(podTerm).min(1).optional(),
  /** Conditions that the scheduler prefers. @default no preference */
  preferredDuringSchedulingIgnoredDuringExecution: z
    .array(z.strictObject({ weight: weight(), podAffinityTerm: podTerm }))
    .min(1)
    .optional(),
});

/** Weight of a preference, compared with those of other preferences. */
function weight() {
  return count
    .min(1, message("must be at least 1", "use a number from 1 to 100"))
    .max(100, message("must be at most 100", "use a number from 1 to 100"));
}

const toleration = z
  .strictObject({
    /** The key of the taint. @default every taint, with the operator `Exists` */
    key: labelName.optional(),
    /** `Equal`: the taint must have `value`. `Exists`: its value does not matter. @default "Equal" */
    operator: z.enum(["Equal", "Exists"]).optional(),
    /** The value of the taint, with the operator `Equal`. @default "" */
    value: labelValue.optional(),
    /** The effect of the taint. @default every effect */
    effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).optional(),
    /** How long a pod stays on a node that gets the taint, with the effect `NoExecute`. @default without end */
    tolerationSeconds: count.optional(),
  })
  .refine(({ key, operator }) => key !== undefined || operator === "Exists", {
    path: ["key"],
    error: message(
      "is required, except with the operator `Exists`",
      "write the key of the taint; `kubectl describe node` shows it",
    ),
  })
  .refine(({ operator, value }) => operator !== "Exists" || value === undefined, {
    path: ["value"],
    error: message("must not be set with the operator `Exists`", "remove it, or use the operator `Equal`"),
  })
  .refine(({ effect, tolerationSeconds }) => effect === "NoExecute" || tolerationSeconds === undefined, {
    path: ["tolerationSeconds"],
    error: message("must not be set without the effect `NoExecute`", "remove it, or set the effect"),
  });

const nodeSelector = labels
  .refine(
    ({ "kubernetes.io/os": system = "linux" }) => system === "linux",
    message("must not select nodes of another system than Linux: the images run on Linux only", "remove that label"),
  )
  .refine(
    (given) => Object.keys(given).length > 0,
    message("must not be empty", "write the label of a node, or leave the setting out"),
  );

const affinity = z.strictObject({
  /** Conditions on nodes. @default none */
  nodeAffinity: nodeAffinity.optional(),
  /** Pods near which the pods run. @default none */
  podAffinity: podAffinity.optional(),
  /**
   * Pods away from which the pods run. The replicas of one program are kept apart without it.
   * @default none
   */
  podAntiAffinity: podAffinity.optional(),
});

export const placement = z.strictObject({
  /** Labels that a node must have. @default any node */
  nodeSelector: nodeSelector.optional(),
  /** Taints of nodes on which the pods may run. @default none */
  tolerations: unique(toleration, (one) => JSON.stringify(one))
    .min(1)
    .optional(),
  /** Conditions on nodes and on other pods. @default none */
  affinity: affinity.optional(),
});

/** Placement of the agents on nodes, which tolerate every taint. */
export const agentPlacement = z.strictObject({
  /** Labels that a node must have. Other nodes have no agent, so their logs and metrics are lost. @default every node */
  nodeSelector: nodeSelector.optional(),
  /** Conditions on nodes. Other nodes have no agent, so their logs and metrics are lost. @default none */
  affinity: z.strictObject({ nodeAffinity }).optional(),
});

export type Placement = z.infer<typeof placement>;
