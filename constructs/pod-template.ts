import { type ContainerProps, container } from "./container";
import { pullSecrets } from "./image-source";
import { nativePlacement } from "./native-placement";
import type { Placement } from "./placement";

/** A volume with its source. */
export type Volume =
  | { readonly name: string; readonly emptyDir: EmptyDir }
  | ({ readonly name: string; readonly configMap: string } & Files)
  | ({ readonly name: string; readonly secret: string } & Files)
  | { readonly name: string; readonly claim: string }
  | { readonly name: string; readonly csi: Csi };

interface EmptyDir {
  readonly sizeLimit: string;
  /** Where the files are, if they are not on the disk of the node. @default the disk of the node */
  readonly medium?: "Memory";
}

interface Csi {
  readonly driver: string;
  /** The attributes that the driver reads. @default none */
  readonly volumeAttributes?: Readonly<Record<string, string>>;
}

interface Files {
  /** The keys that become files, with the names of their files. @default every key, as a file of the same name */
  readonly items?: Readonly<Record<string, string>>;
}

/** Labels and annotations of an object. */
export interface Metadata {
  /** Labels of the object. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the object. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface PodProps {
  /** Labels by which the pods are found. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels that nothing in this project reads. @default none */
  readonly furtherLabels?: Readonly<Record<string, string>>;
  /** Annotations whose change replaces the pods, such as a secret's revision. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  /** Labels and annotations of the ServiceAccount, in addition to ours. @default none */
  readonly serviceAccountMetadata?: Metadata;
  /** The name of the PriorityClass, which decides when a node evicts the pod. */
  readonly priorityClass: string;
  /** Names of Secrets with the credentials of registries. @default the registries need no credentials */
  readonly imagePullSecrets?: readonly string[];
  /** The nodes on which the pod may run. @default any node without taints */
  readonly placement?: Placement;
  /** Containers that run to completion, one after the other, before the others start. @default none */
  readonly initContainers?: readonly ContainerProps[];
  /** The main container, and then those that run beside it. */
  readonly containers: readonly ContainerProps[];
  /** User and group of the processes. The group owns the volumes. */
  readonly user: number;
  /** The volumes that containers of the pod can mount. @default none */
  readonly volumes?: readonly Volume[];
  readonly terminationGracePeriodSeconds: number;
  /** Whether a container that has ended is started again. @default "Always" */
  readonly restartPolicy?: "Always" | "Never";
  /** Whether replicas are distributed over zones and nodes, if there are several. @default false */
  readonly spread?: boolean;
}

/** The metadata of an object with further labels, which do not replace ours, and annotations. */
export function withMetadata<Object extends Metadata>(own: Object, { labels, annotations }: Metadata = {}): Object {
  return { ...own, labels: { ...labels, ...own.labels }, ...(annotations && { annotations: { ...annotations } }) };
}

/** A pod that the Pod Security level `restricted` admits, and that has no token for the Kubernetes API. */
export function podTemplate(props: PodProps) {
  return {
    metadata: {
      labels: { ...props.furtherLabels, ...props.labels },
      annotations: props.annotations && { ...props.annotations },
    },
    spec: {
      serviceAccountName: props.serviceAccount,
      priorityClassName: props.priorityClass,
      ...pullSecrets(props.imagePullSecrets),
      ...nativePlacement(props.placement ?? {}),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: props.restartPolicy ?? "Always",
      terminationGracePeriodSeconds: props.terminationGracePeriodSeconds,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: String(props.user),
        runAsGroup: String(props.user),
        fsGroup: String(props.user),
        // Otherwise each start makes every file writable for the group again, and PostgreSQL refuses such a data
        // directory.
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      initContainer: (props.initContainers ?? []).map(container),
      container: props.containers.map(container),
      volume: (props.volumes ?? []).map(volume),
      topologySpreadConstraint: props.spread
        ? ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map(spreadConstraint)
        : [],
    },
  };

  function spreadConstraint(topologyKey: string) {
    return {
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: [{ matchLabels: { ...props.labels } }],
    };
  }
}

function volume(given: Volume) {
  if ("emptyDir" in given) return { name: given.name, emptyDir: given.emptyDir };
  if ("csi" in given) return { name: given.name, csi: { ...given.csi, readOnly: true } };
  if ("claim" in given) return { name: given.name, persistentVolumeClaim: { claimName: given.claim } };
  const items = given.items && Object.entries(given.items).map(([key, path]) => ({ key, path }));
  if ("configMap" in given) return { name: given.name, configMap: { name: given.configMap, items } };
  return { name: given.name, secret: { secretName: given.secret, items } };
}
