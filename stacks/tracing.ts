import { createHash } from "node:crypto";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { Construct } from "constructs";
import { Availability } from "../constructs/availability";
import type { ContainerProps, Mount, SecretKey } from "../constructs/container";
import { OpenTelemetryCollector } from "../constructs/open-telemetry-collector";
import type { Volume } from "../constructs/pod-template";
import { json } from "../constructs/sorted-json";
import { Workload } from "../constructs/workload";
import { inSeconds } from "../kit/queries/duration";
import { bytesOf } from "../kit/queries/quantity";
import { addresses, url } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { chartSource, mirrorImage } from "../settings/mirrors";
import { podDefaults } from "../settings/pod-defaults";
import { indexPrefix, type OwnStore, type TraceServer, type Tracing as Traces } from "../settings/tracing";
import { charts, images } from "../settings/versions";
import { collector, collectorPorts } from "../traces/collector";
import { type JaegerStorage, jaeger, jaegerPorts } from "../traces/jaeger";
import type { SearchCluster } from "../traces/search-cluster";
import type { TraceStore } from "../traces/trace-store";
import { zipkin, zipkinPort } from "../traces/zipkin";

export interface TracingProps {
  readonly environment: Environment;
  readonly traces: Traces;
}

/** Folder of the certificates with which the programs check the servers of others. */
const certificates = "/etc/certificates";

/** User of the processes in the images of Jaeger and Zipkin. */
const user = 10001;

/** The collector, and the store if the environment has one of its own. */
export class Tracing extends Construct {
  constructor(scope: Construct, id: string, { environment, traces }: TracingProps) {
    super(scope, id);
    this.createCollector(environment, traces);
    if (traces.store === "jaeger") this.createJaeger(environment, traces);
    if (traces.store === "zipkin") this.createZipkin(environment, traces);
  }

  private createCollector(environment: Environment, traces: Traces) {
    const { namespace, service: name } = addresses.otelCollector;
    const { mirrors } = environment;
    const given = traces.store === "existing" ? traces : undefined;
    const headers = Object.entries(given?.headers ?? {}).map(([header, key], index) => ({
      header,
      variable: `HEADER_${index + 1}`,
      key,
    }));
    new OpenTelemetryCollector(this, "Collector", {
      name,
      namespace,
      source: chartSource(charts.openTelemetryCollector, mirrors),
      image: mirrorImage(images.otelCollector, mirrors),
      ...podDefaults(environment, "monitoring"),
      configuration: collector({
        store: storeOf(traces, headers),
        sampling: traces.sampling,
      }),
      ports: {
        "otlp-http": collectorPorts.otlpHttp,
        metrics: collectorPorts.metrics,
        "span-metrics": collectorPorts.spanMetrics,
      },
      healthPort: collectorPorts.health,
      secrets: Object.fromEntries(headers.map(({ variable, key }) => [variable, key])),
      ...(given?.ca && { files: { secret: given.ca, folder: certificates } }),
      resources: traces.resources.collector,
    });
  }

  private createJaeger(environment: Environment, { storage, replicas, resources }: OwnStore & { store: "jaeger" }) {
    const { namespace, service: name } = addresses.jaeger;
    const days = Math.ceil(inSeconds(storage.retention) / inSeconds("1d"));
    const { login, ...server } = "url" in storage ? serverParts(storage) : noServer;
    const where: JaegerStorage =
      "url" in storage ? searchCluster(environment, storage) : { kind: "badger", folder: "/var/lib/jaeger" };
    const configuration = json(jaeger(where, days));
    const config = new ConfigMapV1(this, "JaegerConfiguration", {
      metadata: { name, namespace },
      data: { "config.yaml": configuration },
    });
    const volumes: Volume[] = [{ name: "config", configMap: config.metadata.name }, ...server.volumes];
    const mounts: Mount[] = [{ volume: "config", path: "/etc/jaeger" }, ...server.mounts];
    if (storage.type === "badger") {
      const claim = new PersistentVolumeClaimV1(this, "JaegerData", {
        metadata: { name, namespace },
        // Most classes bind a volume only when a pod uses it.
        waitUntilBound: false,
        spec: {
          accessModes: ["ReadWriteOnce"],
          storageClassName: environment.cluster.storageClass,
          resources: { requests: { storage: storage.size } },
        },
      });
      volumes.push({ name: "data", claim: claim.metadata.name });
      mounts.push({ volume: "data", path: "/var/lib/jaeger", readOnly: false });
    }
    this.createStore(environment, "Jaeger", {
      name,
      namespace,
      replicas,
      volumes,
      // A changed configuration replaces the pods, which read it only when they start.
      annotations: { "configuration-hash": createHash("sha256").update(configuration).digest("hex").slice(0, 16) },
      service: { "otlp-grpc": jaegerPorts.otlpGrpc, query: jaegerPorts.query },
      container: {
        image: mirrorImage(images.jaeger, environment.mirrors),
        args: ["--config", "/etc/jaeger/config.yaml"],
        env: { ...login, GOMEMLIMIT: String(Math.floor(0.8 * bytesOf(resources.store.limits.memory))) },
        ports: {
          "otlp-grpc": jaegerPorts.otlpGrpc,
          query: jaegerPorts.query,
          metrics: jaegerPorts.metrics,
          health: jaegerPorts.health,
        },
        resources: resources.store,
        startup: { path: "/status", port: "health", periodSeconds: 2, failureThreshold: 60 },
        liveness: { path: "/status", port: "health", timeoutSeconds: 5, failureThreshold: 6 },
        readiness: { path: "/status", port: "health", timeoutSeconds: 5 },
        mounts,
      },
    });
  }

  private createZipkin(environment: Environment, { storage, replicas, resources }: OwnStore & { store: "zipkin" }) {
    const { namespace, service: name } = addresses.zipkin;
    const { login, ...server } = "url" in storage ? serverParts(storage) : noServer;
    const variables =
      "url" in storage
        ? zipkin(searchCluster(environment, storage), inSeconds(storage.retention) / inSeconds("1d"))
        : zipkin({ kind: "memory", maxSpans: storage.maxSpans }, 1);
    this.createStore(environment, "Zipkin", {
      name,
      namespace,
      replicas,
      volumes: [{ name: "tmp", emptyDir: { sizeLimit: "16Mi" } }, ...server.volumes],
      service: { http: zipkinPort },
      container: {
        image: mirrorImage(images.zipkin, environment.mirrors),
        env: {
          ...variables,
          ...login,
          // The image sets a heap of some megabytes, whatever the memory of the container is.
          JAVA_OPTS: "-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError",
        },
        ports: { http: zipkinPort },
        resources: resources.store,
        startup: { tcp: "http", periodSeconds: 2, failureThreshold: 90 },
        liveness: { tcp: "http", timeoutSeconds: 5, failureThreshold: 6 },
        // It also asks the server: a store that cannot store anything gets no spans.
        readiness: { path: "/health", port: "http", timeoutSeconds: 5 },
        mounts: [{ volume: "tmp", path: "/tmp", readOnly: false }, ...server.mounts],
      },
    });
  }

  private createStore(environment: Environment, id: string, { replicas, ...store }: StoreProps) {
    const { name, namespace } = store;
    const workload = new Workload(this, id, {
      partOf: "tracing",
      ...podDefaults(environment, "monitoring"),
      ...store,
      replicas,
      // A volume belongs to one pod, and memory too.
      update: replicas === 1 ? "recreate" : "rolling",
      spread: replicas > 1,
      user,
      terminationGracePeriodSeconds: 30,
    });
    new Availability(this, `${id}Availability`, { name, namespace, labels: workload.labels, scale: { replicas } });
  }
}

interface StoreProps {
  readonly name: string;
  readonly namespace: string;
  readonly replicas: number;
  readonly volumes: readonly Volume[];
  /** Annotations whose change replaces the pods. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly service: Readonly<Record<string, number>>;
  readonly container: Omit<ContainerProps, "name">;
}

interface Header {
  readonly header: string;
  readonly variable: string;
}

/** The address to which the collector sends traces. */
function storeOf(traces: Traces, headers: readonly Header[]): TraceStore {
  if (traces.store === "jaeger") {
    const { service, namespace } = addresses.jaeger;
    return { kind: "jaeger", endpoint: `${service}.${namespace}.svc:${jaegerPorts.otlpGrpc}` };
  }
  if (traces.store === "zipkin") return { kind: "zipkin", endpoint: url(addresses.zipkin) };
  return {
    kind: "otlp",
    protocol: "http",
    endpoint: traces.endpoint,
    headers: Object.fromEntries(headers.map(({ header, variable }) => [header, variable])),
    ...(traces.ca && { caFile: `${certificates}/${traces.ca.key}` }),
  };
}

/** Variables with the login of a server. Zipkin prescribes their names. */
const login = { user: "ES_USERNAME", password: "ES_PASSWORD" } as const;

/** A server in the form that the configurations of the stores take. */
function searchCluster(environment: Environment, server: TraceServer): SearchCluster {
  const { type, url, basicAuth, ca } = server;
  return {
    kind: type,
    url,
    ...(basicAuth && { login }),
    ...(ca && { caFile: `${certificates}/${ca.key}` }),
    prefix: indexPrefix(environment, server),
    replicas: environment.tier === "local" ? 0 : 1,
  };
}

/** What a pod gets because of a server: the variables of the user, and the file of the certificate. */
interface ServerParts {
  readonly login: Readonly<Record<string, SecretKey>>;
  readonly volumes: readonly Volume[];
  readonly mounts: readonly Mount[];
}

const noServer: ServerParts = { login: {}, volumes: [], mounts: [] };

function serverParts({ basicAuth, ca }: TraceServer): ServerParts {
  return {
    login: basicAuth ? { [login.user]: basicAuth.username, [login.password]: basicAuth.password } : {},
    volumes: ca ? [{ name: "certificates", secret: ca.name, items: { [ca.key]: ca.key } }] : [],
    mounts: ca ? [{ volume: "certificates", path: certificates }] : [],
  };
}
