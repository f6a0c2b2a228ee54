/** What is read of Kubernetes' objects, under its own names. https://kubernetes.io/docs/reference/kubernetes-api/ */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly controller?: boolean }[];
  readonly deletionTimestamp?: string;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** A Deployment, StatefulSet, DaemonSet or Job; each has some of the fields. */
export interface WorkloadObject {
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly replicas?: number;
    readonly completions?: number;
    readonly suspend?: boolean;
    readonly updateStrategy?: { readonly type?: string };
  };
  readonly status: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly Condition[];
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly updateRevision?: string;
    readonly desiredNumberScheduled?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberAvailable?: number;
    readonly succeeded?: number;
    readonly failed?: number;
  };
}

export interface ReplicaSet {
  readonly kind: "ReplicaSet";
  readonly metadata: ObjectMeta;
}

export interface Pod {
  readonly kind: "Pod";
  readonly metadata: ObjectMeta;
  readonly status: {
    readonly phase?: string;
    readonly conditions?: readonly Condition[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

export interface ContainerStatus {
  readonly name: string;
  readonly restartCount: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: Terminated;
  };
  readonly lastState?: { readonly terminated?: Terminated };
}

interface Terminated {
  readonly exitCode: number;
  readonly reason?: string;
}

export function condition(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((one) => one.type === type);
}
