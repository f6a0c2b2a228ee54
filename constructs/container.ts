/** Requests and limits in Kubernetes' quantities. */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: {
    /** The CPU that the container may use at most, in cores or millicores. @default the spare CPU of the node */
    readonly cpu?: string;
    readonly memory: string;
  };
}

/** A value that a container gets from a key of a Secret in its namespace. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

export interface HttpProbe {
  readonly path: string;
  readonly port: string;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

export interface Mount {
  readonly volume: string;
  readonly path: string;
  /**
   * The path of a single file of the volume, which is mounted in place of the whole volume.
   * @default the whole volume is mounted
   */
  readonly subPath?: string;
  /** Whether the container can only read the volume. @default true */
  readonly readOnly?: boolean;
}

export interface ContainerProps {
  readonly name: string;
  readonly image: string;
  /** The command that the container runs in place of the image's entry point. @default the image's own entry point */
  readonly command?: readonly string[];
  /** The arguments that the command gets. @default the image's own arguments */
  readonly args?: readonly string[];
  /**
   * Environment variables that the container gets: text, or keys of Secrets. A variable that is `undefined` is not set.
   * @default none
   */
  readonly env?: Readonly<Record<string, string | SecretKey | undefined>>;
  /** The ports that the container listens on, by name. @default none */
  readonly ports?: Readonly<Record<string, number>>;
  readonly resources: Resources;
  /** The probe that must succeed once before the other probes begin. @default the other probes begin at once */
  readonly startup?: HttpProbe;
  /** The probe whose failure restarts the container. @default no probe restarts it */
  readonly liveness?: HttpProbe;
  /**
   * The probe whose failure takes the pod out of its Service.
   * @default no probe takes it out, except `readinessCommand`
   */
  readonly readiness?: HttpProbe;
  /**
   * The command whose failure takes the pod out of its Service, for servers without HTTP. It replaces `readiness`.
   * @default `readiness` applies
   */
  readonly readinessCommand?: readonly string[];
  /**
   * How long the container continues to serve before the stop signal, until load balancers no longer use it.
   * @default 0
   */
  readonly preStopSeconds?: number;
  /** The volumes that the container mounts. @default none */
  readonly mounts?: readonly Mount[];
}

/** A container that the Pod Security level `restricted` admits, with a read-only root filesystem. */
export function container(props: ContainerProps) {
  return {
    name: props.name,
    image: props.image,
    imagePullPolicy: "IfNotPresent",
    command: copy(props.command),
    args: copy(props.args),
    env: Object.entries(props.env ?? {}).flatMap(environmentVariable),
    port: Object.entries(props.ports ?? {}).map(([name, containerPort]) => ({ name, containerPort })),
    resources: { requests: { ...props.resources.requests }, limits: { ...props.resources.limits } },
    startupProbe: httpGet(props.startup),
    livenessProbe: httpGet(props.liveness),
    readinessProbe: props.readinessCommand
      ? { exec: { command: [...props.readinessCommand] } }
      : httpGet(props.readiness),
    // The action is `exec`, because the API version of the provider is older than the action `sleep`.
    lifecycle: props.preStopSeconds
      ? { preStop: [{ exec: { command: ["sleep", String(props.preStopSeconds)] } }] }
      : undefined,
    volumeMount: (props.mounts ?? []).map(({ volume, path, subPath, readOnly = true }) => ({
      name: volume,
      mountPath: path,
      subPath,
      readOnly,
    })),
    securityContext: {
      // Repeated here, because the provider writes `false` if it is omitted, which overrides the pod's setting.
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
}

function copy(list: readonly string[] | undefined): string[] | undefined {
  return list && [...list];
}

function environmentVariable([name, value]: [string, string | SecretKey | undefined]) {
  if (value === undefined) return [];
  // Kubernetes replaces `$(NAME)` and reads `$$` as `$`.
  if (typeof value === "string") return { name, value: value.replaceAll("$", () => "$$") };
  return { name, valueFrom: { secretKeyRef: { name: value.name, key: value.key } } };
}

function httpGet(probe: HttpProbe | undefined) {
  if (!probe) return undefined;
  const { path, port, ...timing } = probe;
  return { httpGet: { path, port }, ...timing };
}
