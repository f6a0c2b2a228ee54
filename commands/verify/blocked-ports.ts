import type { ExpectedObject } from "./expected-objects";

/** A pod that runs. Only the fields that we read are listed. @see https://kubernetes.io/docs/reference/kubernetes-api/ */
export interface RunningPod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    /** The labels of the pod. @default none */
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly status: {
    /** The phase of the pod. @default unknown */
    readonly phase?: string;
    /** The address of the pod. @default the pod has none yet */
    readonly podIP?: string;
  };
}

/** A port of a running pod that policies should block. */
export interface BlockedPort {
  /** `erp/postgresql-6d5b:5432` */
  readonly name: string;
  readonly address: string;
}

/** The specification of one of our policies. Only the fields that we read are listed. @see https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
interface PolicySpec {
  readonly podSelector?: Selector;
  readonly ingress?: readonly {
    readonly from?: readonly Peer[];
    readonly ports?: readonly { readonly port: number; readonly protocol?: string }[];
  }[];
}

/** Pods that a rule admits. Only the fields that we set are listed. @see https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
interface Peer {
  readonly namespaceSelector?: Selector;
  readonly podSelector?: Selector;
}

/** A selector of pods or namespaces. Only the fields that we set are listed. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

/** The ports that our policies open for some pods, and not for a pod without labels in this namespace. */
export function blockedPorts(
  objects: readonly ExpectedObject[],
  pods: readonly RunningPod[],
  namespace: string,
): readonly BlockedPort[] {
  const found = objects
    .filter(({ kind }) => kind === "NetworkPolicy")
    .flatMap(({ metadata, manifest }) => {
      const { podSelector = {}, ingress = [] } = manifest.spec as PolicySpec;
      const pod = pods.find((one) => one.metadata.namespace === metadata.namespace && selects(podSelector, one));
      const ports = ingress
        .filter(({ from = [] }) => !from.some((peer) => admits(peer, namespace)))
        .flatMap((rule) => rule.ports ?? [])
        .filter(({ protocol = "TCP" }) => protocol === "TCP");
      return pod === undefined ? [] : ports.map(({ port }) => portOf(pod, port));
    });
  return [...new Map(found.map((port) => [port.address, port])).values()];
}

function portOf({ metadata: { namespace, name }, status: { podIP = "" } }: RunningPod, port: number): BlockedPort {
  return {
    name: `${namespace}/${name}:${port}`,
    address: podIP.includes(":") ? `[${podIP}]:${port}` : `${podIP}:${port}`,
  };
}

function selects({ matchLabels = {} }: Selector, { metadata: { labels = {} } }: RunningPod): boolean {
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value);
}

/** Whether a peer of a rule includes a pod without labels in the namespace. */
function admits(peer: Peer, namespace: string): boolean {
  const ofNamespace = peer.namespaceSelector?.matchLabels ?? {};
  const ofPod = Object.keys(peer.podSelector?.matchLabels ?? {});
  return ofPod.length === 0 && (ofNamespace["kubernetes.io/metadata.name"] ?? namespace) === namespace;
}
