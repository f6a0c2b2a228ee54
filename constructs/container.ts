/** Requests and limits in Kubernetes' quantities. */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu?: string; readonly memory: string };
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
  /** A single file of the volume. @default the whole volume */
  readonly subPath?: string;
  /** @default true */
  readonly readOnly?: boolean;
}

export interface ContainerProps {
  readonly name: string;
  readonly image: string;
  /** @default the image's own entry point */
  readonly command?: readonly string[];
  /** @default the image's own arguments */
  readonly args?: readonly string[];
  /** Environment variables: text, or keys of Secrets. A variable that is `undefined` is not set. @default none */
  readonly env?: Readonly<Record<string, string | SecretKey | undefined>>;
  readonly ports?: Readonly<Record<string, number>>;
  readonly resources: Resources;
  readonly startup?: HttpProbe;
  readonly liveness?: HttpProbe;
  readonly readiness?: HttpProbe;
  /** Readiness by a command, for servers that speak no HTTP. */
  readonly readinessCommand?: readonly string[];
  /** How long the container goes on serving after it was told to stop, while load balancers forget it. @default 0 */
  readonly preStopSeconds?: number;
  readonly mounts?: readonly Mount[];
}

/** A container that the Pod Security level `restricted` admits, on a root filesystem that it cannot write. */
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
    // `exec`, because the `sleep` action is younger than the API that the provider was built on.
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
      // Said again here: the provider writes `false` where it is left out, against what the pod says.
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
  if (typeof value === "string") return { name, value };
  return { name, valueFrom: { secretKeyRef: { name: value.name, key: value.key } } };
}

function httpGet(probe: HttpProbe | undefined) {
  if (!probe) return undefined;
  const { path, port, ...timing } = probe;
  return { httpGet: { path, port }, ...timing };
}
