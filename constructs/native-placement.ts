import type { Affinity, Placement, PodTerm } from "./placement";

/** A placement as Terraform's provider has it in the spec of a pod. Its lists have singular names. */
export function nativePlacement(placement: Placement) {
  const { nodeSelector, tolerations, affinity } = placement as Writable<Placement>;
  return {
    nodeSelector,
    toleration: tolerations?.map(({ tolerationSeconds, ...toleration }) => ({
      ...toleration,
      tolerationSeconds: tolerationSeconds === undefined ? undefined : String(tolerationSeconds),
    })),
    affinity: affinity && {
      nodeAffinity: nativeNodeAffinity(affinity.nodeAffinity),
      podAffinity: nativePodAffinity(affinity.podAffinity),
      podAntiAffinity: nativePodAffinity(affinity.podAntiAffinity),
    },
  };
}

/** The types of the provider have no read-only lists. */
type Writable<Value> = Value extends readonly (infer Item)[]
  ? Writable<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Writable<Value[Key]> }
    : Value;

function nativeNodeAffinity(given: Writable<Affinity>["nodeAffinity"]) {
  const required = given?.requiredDuringSchedulingIgnoredDuringExecution;
  return (
    given && {
      requiredDuringSchedulingIgnoredDuringExecution: required && { nodeSelectorTerm: required.nodeSelectorTerms },
      preferredDuringSchedulingIgnoredDuringExecution: given.preferredDuringSchedulingIgnoredDuringExecution,
    }
  );
}

function nativePodAffinity(given: Writable<Affinity>["podAffinity"]) {
  return (
    given && {
      requiredDuringSchedulingIgnoredDuringExecution:
        given.requiredDuringSchedulingIgnoredDuringExecution?.map(nativePodTerm),
      preferredDuringSchedulingIgnoredDuringExecution: given.preferredDuringSchedulingIgnoredDuringExecution?.map(
        ({ weight, podAffinityTerm }) => ({ weight, podAffinityTerm: nativePodTerm(podAffinityTerm) }),
      ),
    }
  );
}

function nativePodTerm({ labelSelector, ...term }: Writable<PodTerm>) {
  return { ...term, labelSelector: [labelSelector] };
}
