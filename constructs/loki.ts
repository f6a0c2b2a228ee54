import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { Construct } from "constructs";
import { ChartRelease, type ChartSource } from "./chart-release";
import type { Resources } from "./container";
import { type ImageSource, pullSecrets } from "./image-source";
import { linuxNodes } from "./node-placement";
import { mergeAffinities, mergePlacements, type Placement } from "./placement";
import { json } from "./sorted-json";

/** Storage of chunks and index. Object stores are accessed with the pod's identity. */
export type LokiStorage =
  | { readonly type: "filesystem"; readonly size: string }
  | (ObjectStorage & {
      readonly type: "s3";
      readonly bucket: string;
      readonly region: string;
      /** The address of an S3-compatible store. @default Amazon's own address */
      readonly endpoint?: string;
    })
  | (ObjectStorage & { readonly type: "gcs"; readonly bucket: string })
  | (ObjectStorage & { readonly type: "azure"; readonly accountName: string; readonly container: string });

interface ObjectStorage {
  /** Size of each replica's volume, for data that is not in the store yet. */
  readonly walSize: string;
  /** Annotations that bind the pods' ServiceAccount to an identity of the cloud. */
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
}

export interface LokiProps extends ImageSource {
  readonly namespace: string;
  readonly source: ChartSource;
  /** The name of the PriorityClass of the pods, which decides when a node evicts them. */
  readonly priorityClass: string;
  /** The nodes on which Loki may run. @default any node without taints */
  readonly placement?: Placement;
  /** Further conditions on the nodes of the canary. @default every Linux node without taints */
  readonly canaryPlacement?: Placement;
  readonly replicas: number;
  readonly storage: LokiStorage;
  /** The StorageClass of the replicas' volumes. @default the cluster's default StorageClass */
  readonly storageClass?: string;
  /** How long lines are kept before they are deleted. */
  readonly retention: string;
  /** First day of the index schema. Periods may only be added. */
  readonly schemaFrom: string;
  /** Address of the Alertmanager that receives the alerts of log rules, without a path. */
  readonly alertmanagerUrl: string;
  /** Rule groups in Prometheus' format, with LogQL expressions. */
  readonly rules: readonly object[];
  /** The resources of loki-canary on each node, where it measures lost lines. @default no canary runs */
  readonly canaryResources?: Resources;
  readonly resources: Resources;
}

/** Folder on the volume, because Loki creates it if it is missing, and the root filesystem is read-only. */
const rulesDirectory = "/var/loki/rules";
const rulesName = "loki-rules";

/** Loki in monolithic mode, with one replica on a volume or three replicas on object storage. */
export class Loki extends Construct {
  constructor(scope: Construct, id: string, props: LokiProps) {
    super(scope, id);
    // Loki reloads a changed file by itself, within a minute.
    const rules = new ConfigMapV1(this, "Rules", {
      metadata: { name: rulesName, namespace: props.namespace },
      data: { "rules.yaml": json({ groups: props.rules }) },
    });
    rules.overrideLogicalId(rulesName);
    new ChartRelease(this, "Release", {
      name: "loki",
      namespace: props.namespace,
      source: props.source,
      values: {
        fullnameOverride: "loki",
        ...(props.imageRegistry && { global: { imageRegistry: props.imageRegistry } }),
        ...pullSecrets(props.imagePullSecrets),
        deploymentMode: "Monolithic",
        loki: configuration(props),
        singleBinary: podValues(props),
        ...("serviceAccountAnnotations" in props.storage && {
          serviceAccount: { annotations: props.storage.serviceAccountAnnotations },
        }),
        // The chart rejects monolithic mode while the targets of the other modes have replicas.
        read: { replicas: 0 },
        write: { replicas: 0 },
        backend: { replicas: 0 },
        // By default, the caches request 11 GiB. Without them, Loki reads from its volume.
        chunksCache: { enabled: false },
        resultsCache: { enabled: false },
        gateway: { enabled: false },
        sidecar: { rules: { enabled: false } },
        lokiCanary: canary(props),
        test: { enabled: false },
      },
      timeoutSeconds: 600,
      after: [rules],
    });
  }
}

function canary({ canaryResources, canaryPlacement = {}, priorityClass }: LokiProps) {
  if (canaryResources === undefined) return { enabled: false };
  return {
    enabled: true,
    ...mergePlacements(linuxNodes, canaryPlacement),
    resources: canaryResources,
    priorityClassName: priorityClass,
  };
}

function configuration(props: LokiProps) {
  const { storage } = props;
  return {
    auth_enabled: false,
    commonConfig: { replication_factor: props.replicas },
    storage: store(storage),
    schemaConfig: {
      configs: [
        {
          from: props.schemaFrom,
          store: "tsdb",
          object_store: storage.type,
          schema: "v13",
          index: { prefix: "loki_index_", period: "24h" },
        },
      ],
    },
    limits_config: {
      retention_period: props.retention,
      // By default, Loki refuses queries over more than 30 days, also where older lines are kept.
      max_query_length: "0s",
      // Queries over a longer time are answered from the lines that are kept.
      max_query_lookback: props.retention,
      max_line_size_truncate: true,
      // After an outage of Loki, the agents send the lines that they have buffered all at once.
      ingestion_rate_mb: 8,
      ingestion_burst_size_mb: 32,
      per_stream_rate_limit: "8MB",
      per_stream_rate_limit_burst: "32MB",
    },
    compactor: { retention_enabled: true, delete_request_store: storage.type },
    ingester: {
      // Half of the memory limit, so that a replay in addition to the usual work does not lead to repeated OOM kills.
      wal: { replay_memory_ceiling: halfOf(props.resources.limits.memory) },
      // Loki accepts a line that is older than the newest line of its stream by up to half of this age. Pods share
      // streams. If the agent of one node was down, Loki must still accept its lines after newer lines from other nodes.
      max_chunk_age: "24h",
    },
    analytics: { reporting_enabled: false },
    rulerConfig: {
      alertmanager_url: props.alertmanagerUrl,
      enable_alertmanager_v2: true,
      enable_api: true,
      ring: { kvstore: { store: "inmemory" } },
      storage: { type: "local", local: { directory: rulesDirectory } },
    },
    // A replay may take half an hour, during which no probe may restart the pod.
    startupProbe: { httpGet: { path: "/ready", port: "http-metrics" }, periodSeconds: 5, failureThreshold: 360 },
  };
}

function store(storage: LokiStorage): object {
  switch (storage.type) {
    case "filesystem":
      return { type: "filesystem" };
    case "s3":
      return {
        type: "s3",
        bucketNames: { chunks: storage.bucket, ruler: storage.bucket },
        // Most S3-compatible stores do not have a host name for each bucket.
        s3: { region: storage.region, ...(storage.endpoint && { endpoint: storage.endpoint, s3ForcePathStyle: true }) },
      };
    case "gcs":
      return { type: "gcs", bucketNames: { chunks: storage.bucket, ruler: storage.bucket } };
    case "azure":
      return {
        type: "azure",
        bucketNames: { chunks: storage.container, ruler: storage.container },
        azure: { accountName: storage.accountName, useFederatedToken: true },
      };
  }
}

function podValues({ replicas, storage, storageClass, resources, priorityClass, placement = {} }: LokiProps) {
  return {
    replicas,
    resources,
    priorityClassName: priorityClass,
    ...placement,
    ...(placement.affinity && { affinity: mergeAffinities(apart, placement.affinity) }),
    sidecar: false,
    persistence: {
      enabled: true,
      size: storage.type === "filesystem" ? storage.size : storage.walSize,
      ...(storageClass && { storageClass }),
    },
    terminationGracePeriodSeconds: 300,
    // Without authentication there is one tenant, whose folder is `fake`.
    extraVolumes: [{ name: "rules", configMap: { name: rulesName } }],
    extraVolumeMounts: [{ name: "rules", mountPath: `${rulesDirectory}/fake`, readOnly: true }],
  };
}

/** Replicas run on different nodes. This is the chart's default, which Helm replaces as a whole. */
const apart = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      {
        topologyKey: "kubernetes.io/hostname",
        labelSelector: {
          matchLabels: {
            "app.kubernetes.io/component": "single-binary",
            "app.kubernetes.io/name": "loki",
            "app.kubernetes.io/instance": "loki",
          },
        },
      },
    ],
  },
};

/** Half of a quantity such as `256Mi`, in Loki's format: `128MB`. */
function halfOf(memory: string): string {
  const units = { Ki: "KB", Mi: "MB", Gi: "GB", Ti: "TB" } as const;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti)$/.exec(memory) ?? [];
  if (amount === undefined) throw new Error(`memory must be a quantity such as 512Mi, got ${memory}`);
  const number = Number(amount) / 2;
  return number >= 1 || unit === "Ki"
    ? `${Math.floor(number)}${units[unit as keyof typeof units]}`
    : `${Math.floor(number * 1024)}${unit === "Gi" ? "MB" : "GB"}`;
}
