import type { Manifest } from "./manifests";

/** Pods that a manifest creates. */
export interface Pods {
  /** Kind and name of the object that creates the pods. */
  readonly owner: string;
  /** Whether the Prometheus operator sets the remaining fields of each container. */
  readonly operated: boolean;
  readonly spec: PodSpec;
}

/**
 * The specification of a pod, as Kubernetes defines it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export interface PodSpec {
  readonly priorityClassName?: string;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly object[];
  readonly affinity?: {
    readonly nodeAffinity?: {
      readonly requiredDuringSchedulingIgnoredDuringExecution?: { readonly nodeSelectorTerms: readonly NodeTerm[] };
    };
  };
  readonly securityContext?: SecurityContext;
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly { readonly name: string; readonly hostPath?: object }[];
}

/** Conditions on the labels of a node. @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ */
export interface NodeTerm {
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/**
 * A container of a pod, as Kubernetes defines it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly livenessProbe?: LivenessProbe;
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
  readonly securityContext?: SecurityContext;
}

/**
 * A probe whose failure restarts the container, as Kubernetes defines it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
export interface LivenessProbe {
  readonly httpGet?: { readonly path: string };
  readonly initialDelaySeconds?: number;
}

/**
 * The security context of a pod or of a container, as Kubernetes defines them. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
 */
export interface SecurityContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly privileged?: boolean;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: { readonly type: string };
}

/** The pods of a workload, or those that the operator creates for a Prometheus or an Alertmanager. */
export function pods({ kind, metadata, spec }: Manifest): readonly Pods[] {
  const owner = `${kind} ${metadata.name}`;
  if (kind === "Pod") return [{ owner, operated: false, spec }];
  if (kind === "CronJob") return [{ owner, operated: false, spec: spec.jobTemplate.spec.template.spec }];
  if (kind === "Prometheus" || kind === "Alertmanager") {
    const { image, resources, ...ofPod } = spec;
    const main = { name: kind.toLowerCase(), image, resources };
    return [{ owner, operated: true, spec: { ...pick(ofPod, podFields), containers: [main] } }];
  }
  return spec?.template?.spec ? [{ owner, operated: false, spec: spec.template.spec }] : [];
}

/** Fields of a pod's spec that these objects have too. */
const podFields = [
  "affinity",
  "imagePullSecrets",
  "nodeSelector",
  "priorityClassName",
  "securityContext",
  "tolerations",
];

function pick(given: object, fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(given).filter(([field]) => fields.includes(field)));
}

/** All containers of a pod, including the init containers. */
export function containers({ containers = [], initContainers = [] }: PodSpec): readonly Container[] {
  return [...initContainers, ...containers];
}

/** The images of a manifest's pods, and the image that the operator adds to the pods that it creates. */
export function imagesOf(manifest: Manifest): readonly string[] {
  return pods(manifest)
    .flatMap(({ spec }) => containers(spec))
    .flatMap(({ image, args = [] }) => [
      ...(image ? [image] : []),
      ...args.flatMap((argument) => /^--prometheus-config-reloader=(.+)/.exec(argument)?.[1] ?? []),
    ]);
}
