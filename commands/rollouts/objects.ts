/**
 * The metadata that every Kubernetes object has, as `kubectl get --output=json` prints it. Fields of all objects in
 * this file have Kubernetes' own names, and only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  readonly deletionTimestamp?: string;
}

/**
 * A condition in the status of a Kubernetes object. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/**
 * A Deployment, StatefulSet, DaemonSet or Job; each kind has some of the fields. Only the fields that we read are
 * listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export interface WorkloadObject {
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly replicas?: number;
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

/**
 * A pod, as `kubectl get --output=json` prints it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
 */
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

/**
 * The status of a container, as the status of its pod contains it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-states
 */
export interface ContainerStatus {
  readonly name: string;
  readonly restartCount: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: Terminated;
  };
  readonly lastState?: { readonly terminated?: Terminated };
}

/**
 * The state of a container that has ended. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-states
 */
interface Terminated {
  readonly exitCode: number;
  readonly reason?: string;
  readonly finishedAt?: string;
}

export function condition(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((one) => one.type === type);
}
