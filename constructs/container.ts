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

/** The value of an environment variable. */
export type Value =
  /** The text itself. */
  | string
  /** A key of a Secret. */
  | SecretKey
  /** A text in which Kubernetes replaces `$(NAME)` with an earlier variable, and `$$` with `$`. */
  | { readonly expanded: string }
  | { readonly configMap: SecretKey }
  /** A field of the pod, such as `status.podIP`. */
  | { readonly field: string };

/** All keys of a Secret or of a ConfigMap as variables. */
export type ValueSource = ({ readonly secret: string } | { readonly configMap: string }) & {
  /** Text before each name. @default the names of the keys */
  readonly prefix?: string;
};

/** A check by a request, by a connection to a port, or by a command. */
export type Probe = (
  | { readonly path: string; readonly port: string }
  | { readonly tcp: string }
  | { readonly command: readonly string[] }
) & {
  /** Seconds between two checks. @default 10 */
  readonly periodSeconds?: number;
  /** Seconds after which a check without an answer fails. @default 1 */
  readonly timeoutSeconds?: number;
  /** Failed checks in a row after which Kubernetes acts. @default 3 */
  readonly failureThreshold?: number;
};

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
  /** Environment variables that the container gets. A variable that is `undefined` is not set. @default none */
  readonly env?: Readonly<Record<string, Value | undefined>>;
  /** Secrets and ConfigMaps whose keys become variables, unless `env` sets them. @default none */
  readonly envFrom?: readonly ValueSource[];
  /** The ports that the container listens on, by name. @default none */
  readonly ports?: Readonly<Record<string, number>>;
  readonly resources: Resources;
  /** The probe that must succeed once before the other probes begin. @default the other probes begin at once */
  readonly startup?: Probe;
  /** The probe whose failure restarts the container. @default no probe restarts it */
  readonly liveness?: Probe;
  /** The probe whose failure takes the pod out of its Service. @default no probe takes it out */
  readonly readiness?: Probe;
  /**
   * How long the container continues to serve before the stop signal, until load balancers no longer use it.
   * @default 0
   */
  readonly preStopSeconds?: number;
  /** The volumes that the container mounts. @default none */
  readonly mounts?: readonly Mount[];
  /** User of the processes. @default the user of the pod */
  readonly user?: number;
  /** Whether the container cannot write to its root file system. @default true */
  readonly readOnlyRootFilesystem?: boolean;
}

/** A container that the Pod Security level `restricted` admits. */
export function container(props: ContainerProps) {
  return {
    name: props.name,
    image: props.image,
    imagePullPolicy: "IfNotPresent",
    command: copy(props.command),
    args: copy(props.args),
    env: Object.entries(props.env ?? {}).flatMap(environmentVariable),
    envFrom: props.envFrom?.map(variableSource),
    port: Object.entries(props.ports ?? {}).map(([name, containerPort]) => ({ name, containerPort })),
    resources: { requests: { ...props.resources.requests }, limits: { ...props.resources.limits } },
    startupProbe: probe(props.startup),
    livenessProbe: probe(props.liveness),
    readinessProbe: probe(props.readiness),
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
      runAsUser: props.user === undefined ? undefined : String(props.user),
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: props.readOnlyRootFilesystem ?? true,
      capabilities: { drop: ["ALL"] },
    },
  };
}

function copy(list: readonly string[] | undefined): string[] | undefined {
  return list && [...list];
}

function environmentVariable([name, value]: [string, Value | undefined]) {
  if (value === undefined) return [];
  // Kubernetes replaces `$(NAME)` and reads `$$` as `$`.
  if (typeof value === "string") return { name, value: value.replaceAll("$", () => "$$") };
  if ("expanded" in value) return { name, value: value.expanded };
  if ("field" in value) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
  if ("configMap" in value) return { name, valueFrom: { configMapKeyRef: { ...value.configMap } } };
  return { name, valueFrom: { secretKeyRef: { name: value.name, key: value.key } } };
}

function variableSource(source: ValueSource) {
  return "secret" in source
    ? { prefix: source.prefix, secretRef: { name: source.secret } }
    : { prefix: source.prefix, configMapRef: { name: source.configMap } };
}

function probe(given: Probe | undefined) {
  if (given === undefined) return undefined;
  if ("path" in given) {
    const { path, port, ...timing } = given;
    return { httpGet: { path, port }, ...timing };
  }
  if ("tcp" in given) {
    const { tcp, ...timing } = given;
    return { tcpSocket: [{ port: tcp }], ...timing };
  }
  const { command, ...timing } = given;
  return { exec: { command: [...command] }, ...timing };
}
