import { cgroupVersion } from "./cgroup-version";
import { kubeProxyMetrics } from "./kube-proxy-metrics";
import type { Kubectl } from "./kubectl";

/** The contents of a cluster that can conflict with a deployment. */
export interface ClusterFacts {
  /** CRDs of the Prometheus operator. */
  readonly operatorCrds: readonly OperatorCrd[];
  /** Running Prometheus operators, as `namespace/name`. */
  readonly operators: readonly string[];
  /** DaemonSets that listen on the node's port 9100, as `namespace/name`. */
  readonly nodeExporters: readonly string[];
  /** The StorageClasses; a volume of an `expandable` one can grow while it is used. */
  readonly storageClasses: readonly {
    readonly name: string;
    readonly isDefault: boolean;
    readonly expandable: boolean;
  }[];
  readonly metricsApi: boolean;
  /** Images that the nodes report. By default, a kubelet reports only the 50 largest ones. */
  readonly images: readonly string[];
  readonly nodes: readonly NodeFacts[];
  /**
   * Address at which kube-proxy serves its metrics, such as `127.0.0.1:10249`.
   * @default unknown
   */
  readonly kubeProxyMetrics?: string;
  /** Namespaces that are being deleted. */
  readonly ending: readonly string[];
}

export interface NodeFacts {
  readonly name: string;
  /** Container runtime with its version, such as `containerd://2.1.0`. */
  readonly runtime: string;
  /** `linux` or `windows`. */
  readonly system: string;
  /** `amd64`, `arm64`. */
  readonly architecture: string;
  /** Whether a taint keeps pods away that do not tolerate it. */
  readonly tainted: boolean;
  /**
   * Version of the kernel's cgroups: 1 or 2.
   * @default unknown
   */
  readonly cgroups?: number;
  /** Whether Node Feature Discovery reports that SELinux is enforced. */
  readonly selinux: boolean;
}

export interface OperatorCrd {
  readonly name: string;
  /**
   * The version of the operator that the CRD was written for.
   * @default unknown: the CRD has no such annotation
   */
  readonly version?: string;
  /**
   * The Helm release that the CRD belongs to, as `namespace/name`.
   * @default the CRD belongs to no Helm release
   */
  readonly release?: string;
}

/**
 * An object of any kind, as `kubectl get --output=json` prints it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface Resource {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
}

/**
 * A StorageClass, as `kubectl get --output=json` prints it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface StorageClass extends Resource {
  readonly allowVolumeExpansion?: boolean;
}

interface Workload extends Resource {
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

/**
 * The specification of a pod, as Kubernetes defines it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly containers: readonly {
    readonly image: string;
    readonly ports?: readonly { readonly containerPort: number; readonly hostPort?: number }[];
  }[];
}

/**
 * A node, as `kubectl get --output=json` prints it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface Node extends Resource {
  readonly spec: { readonly taints?: readonly { readonly effect: string }[] };
  readonly status: {
    readonly images?: readonly { readonly names?: readonly string[] }[];
    readonly nodeInfo: {
      readonly containerRuntimeVersion: string;
      readonly operatingSystem: string;
      readonly architecture: string;
      readonly kernelVersion: string;
      readonly kubeletVersion: string;
      readonly osImage: string;
    };
  };
}

/**
 * An APIService, which registers an additional API such as the metrics API, as `kubectl get --output=json` prints it.
 * Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface ApiService {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

export async function clusterFacts(kubectl: Kubectl): Promise<ClusterFacts> {
  const [crds, deployments, daemonSets, storageClasses, apiServices, nodes, namespaces, proxyMetrics] =
    await Promise.all([
      operatorCrds(kubectl),
      kubectl.list<Workload>("deployments", "-A"),
      kubectl.list<Workload>("daemonsets", "-A"),
      kubectl.list<StorageClass>("storageclasses"),
      kubectl.list<ApiService>("apiservices", "--field-selector=metadata.name=v1beta1.metrics.k8s.io"),
      kubectl.list<Node>("nodes"),
      kubectl.list<Resource>("namespaces"),
      kubeProxyMetrics(kubectl),
    ]);
  const cgroups = await cgroupVersions(kubectl, nodes);
  return {
    operatorCrds: crds,
    operators: deployments.filter(({ spec }) => runsOperator(spec.template.spec)).map(fullName),
    nodeExporters: daemonSets.filter(({ spec }) => listensOn(spec.template.spec, 9100)).map(fullName),
    storageClasses: storageClasses.map(({ metadata, allowVolumeExpansion = false }) => ({
      name: metadata.name,
      isDefault: metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true",
      expandable: allowVolumeExpansion,
    })),
    metricsApi: apiServices.some(({ status }) =>
      status?.conditions?.some(({ type, status: value }) => type === "Available" && value === "True"),
    ),
    images: nodes.flatMap(({ status }) => status.images ?? []).flatMap(({ names }) => names ?? []),
    ...(proxyMetrics !== undefined && { kubeProxyMetrics: proxyMetrics }),
    nodes: nodes.map(({ metadata, spec, status: { nodeInfo } }) => ({
      name: metadata.name,
      ...cgroups.get(systemOf(nodeInfo)),
      runtime: nodeInfo.containerRuntimeVersion,
      system: nodeInfo.operatingSystem,
      architecture: nodeInfo.architecture,
      tainted: spec.taints?.some(({ effect }) => effect !== "PreferNoSchedule") ?? false,
      // https://kubernetes-sigs.github.io/node-feature-discovery/stable/usage/features.html
      selinux: metadata.labels?.["feature.node.kubernetes.io/kernel-selinux.enabled"] === "true",
    })),
    ending: namespaces.filter(({ metadata }) => metadata.deletionTimestamp).map(({ metadata }) => metadata.name),
  };
}

/**
 * The cgroup version by system. One node of each system is asked, because the metrics of a kubelet are large, and a
 * cluster may have hundreds of nodes.
 */
async function cgroupVersions(kubectl: Kubectl, nodes: readonly Node[]) {
  const linux = nodes.filter(({ status }) => status.nodeInfo.operatingSystem === "linux");
  const asked = new Map(linux.map(({ metadata, status }) => [systemOf(status.nodeInfo), metadata.name]));
  const versions = [...asked].map(async ([system, node]) => {
    const cgroups = await cgroupVersion(kubectl, node);
    return [system, cgroups === undefined ? {} : { cgroups }] as const;
  });
  return new Map(await Promise.all(versions));
}

/** Nodes with the same operating system, kernel and kubelet use the same version of cgroups. */
function systemOf(nodeInfo: Node["status"]["nodeInfo"]): string {
  const { operatingSystem, osImage, kernelVersion, kubeletVersion } = nodeInfo;
  return [operatingSystem, osImage, kernelVersion, kubeletVersion].join("; ");
}

/** Requests only the fields that are needed, because complete CRDs are several megabytes. */
async function operatorCrds(kubectl: Kubectl): Promise<OperatorCrd[]> {
  const annotation = (name: string) => `{.metadata.annotations.${name.replaceAll(".", "\\.")}}`;
  const fields = [
    "{.metadata.name}",
    annotation("operator.prometheus.io/version"),
    annotation("meta.helm.sh/release-namespace"),
    annotation("meta.helm.sh/release-name"),
  ];
  const lines = await kubectl.run([
    "get",
    "crds",
    `--output=jsonpath={range .items[*]}${fields.join('{"\\t"}')}{"\\n"}{end}`,
  ]);
  return lines
    .split("\n")
    .map((line) => line.split("\t"))
    .filter(([name]) => name?.endsWith(".monitoring.coreos.com"))
    .map(([name = "", version, namespace, release]) => ({
      name,
      ...(version && { version }),
      ...(release && { release: `${namespace}/${release}` }),
    }));
}

function runsOperator({ containers }: PodSpec): boolean {
  return containers.some(({ image }) => /(^|\/)prometheus-operator[:@]/.test(image));
}

function listensOn({ hostNetwork, containers }: PodSpec, port: number): boolean {
  return containers.some(({ ports = [] }) =>
    ports.some(({ containerPort, hostPort }) => hostPort === port || (hostNetwork === true && containerPort === port)),
  );
}

function fullName({ metadata }: Resource): string {
  return `${metadata.namespace}/${metadata.name}`;
}
