import type { Fault } from "../../faults";
import { namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { charts } from "../../settings/versions";
import type { ClusterFacts } from "./cluster-facts";
import { imageLoading } from "./image-loading";

/** Conflicts between the environment and the cluster, with the settings that resolve them. */
export function clusterFaults(environment: Environment, facts: ClusterFacts): Fault[] {
  const place = (path: string) => `config/${environment.name}.ts: ${path}`;
  return [
    crdFaults,
    operatorFaults,
    nodeExporterFaults,
    runtimeFaults,
    storageFaults,
    metricsApiFaults,
    terminatingNamespaceFaults,
  ]
    .flatMap((check) => check(environment, facts))
    .map((fault) => ({ ...fault, place: place(fault.place) }));
}

/** Notes about possible conflicts and differing versions, which do not prevent a deployment. */
export function clusterNotes(
  environment: Environment,
  { operatorCrds, images, nodes, storageClasses, kubeProxyMetrics }: ClusterFacts,
): string[] {
  const { cluster, erp } = environment;
  const { image } = erp;
  const other = operatorCrds.find(({ version }) => version !== undefined && version !== wantedVersion);
  return [
    ...(cluster.operator === "existing" && other
      ? [`the operator's CRDs have version ${other.version}; our resources are written for ${wantedVersion}`]
      : []),
    ...nodeNotes(nodes),
    ...kubeProxyNotes(environment, kubeProxyMetrics),
    ...storageNotes(environment, storageClasses),
    // Any other image may be in a registry, so its absence on the nodes means nothing.
    ...(image.startsWith("localhost/") && !images.includes(image)
      ? [
          `no node reports the image ${image}, and no registry contains it; build it and load it into the nodes:\n${imageLoading(image, cluster.context)}`,
        ]
      : []),
  ];
}

/** Notes about nodes on which some of our pods may not be able to run. */
function nodeNotes(nodes: ClusterFacts["nodes"]): string[] {
  const windows = nodes.filter(({ system, tainted }) => system === "windows" && !tainted).map(({ name }) => name);
  const named = (select: (node: ClusterFacts["nodes"][number]) => boolean) =>
    nodes
      .filter(select)
      .map(({ name }) => name)
      .join(", ");
  const oldCgroups = named(({ cgroups }) => cgroups === 1);
  const selinux = named((node) => node.selinux);
  const architectures = [...new Set(nodes.filter(({ system }) => system === "linux").map((one) => one.architecture))];
  return [
    ...(windows.length > 0
      ? [
          `Kubernetes may start Linux pods on these Windows nodes: ${windows.join(", ")}. Taint them, such as with kubectl taint node <node> os=windows:NoSchedule`,
        ]
      : []),
    ...(architectures.length > 1
      ? [
          `the nodes have the architectures ${architectures.sort().join(" and ")}: the image of the ERP must exist for each`,
        ]
      : []),
    ...(oldCgroups
      ? [
          `these nodes use cgroup v1: ${oldCgroups}. When a container exceeds its memory limit there, the kernel ends one process and not the container, so that no restart is reported. From version 1.35 on, a kubelet does not start on them by default. Use a node image with cgroup v2`,
        ]
      : []),
    ...(selinux
      ? [
          `SELinux is enforced on these nodes: ${selinux}. If its policy does not allow containers to read log files, no lines arrive: docs/runbooks/ErpLogsMissing.md`,
        ]
      : []),
  ];
}

/** A note about a kube-proxy that Prometheus cannot scrape, where it is scraped. */
function kubeProxyNotes(
  { clusterMonitoring, chartContent }: Environment,
  address: ClusterFacts["kubeProxyMetrics"],
): string[] {
  if (clusterMonitoring !== "full" || address === undefined || !/^(127\.|localhost:|\[::1\]:)/.test(address)) return [];
  const alert = chartContent === "on" ? ", and the alert TargetDown of the chart fires" : "";
  return [
    `kube-proxy serves its metrics only to its own node (${address}): its targets stay down${alert}. Set metricsBindAddress to 0.0.0.0:10249 in its ConfigMap in kube-system and restart its pods, or set clusterMonitoring to \`curated\``,
  ];
}

/** A note about volumes that cannot grow. On a laptop, no data must be kept. */
function storageNotes(environment: Environment, classes: ClusterFacts["storageClasses"]): string[] {
  const { storageClass } = environment.cluster;
  const used = classes.find(({ name, isDefault }) => (storageClass === undefined ? isDefault : name === storageClass));
  if (environment.tier === "local" || used === undefined || used.expandable) return [];
  return [
    `volumes of the StorageClass ${used.name} cannot grow (allowVolumeExpansion is not true), so that a full one must be replaced: docs/runbooks/grow-a-volume.md`,
  ];
}

type Check = (environment: Environment, facts: ClusterFacts) => Fault[];

const wantedVersion = charts.prometheusOperatorCrds.appVersion.replace(/^v/, "");
const ownCrds = `${namespaces.monitoring}/${charts.prometheusOperatorCrds.name}`;

const crdFaults: Check = ({ cluster }, { operatorCrds }) => {
  if (cluster.operator === "existing") {
    if (operatorCrds.some(({ name }) => name.startsWith("prometheuses."))) return [];
    const rule = "must not be `existing` while the cluster has no CRDs of the Prometheus operator";
    return [{ place: "cluster.operator", rule, remedy: "set it to `install`, or install the operator first" }];
  }
  const foreign = operatorCrds.filter(({ release }) => release !== ownCrds);
  if (foreign.length === 0) return [];
  const [first] = foreign;
  return [
    {
      place: "cluster.operator",
      value: `${foreign.length} CRDs of the operator ${first?.version ?? "in an unknown version"}, ${first?.release ? `from the release ${first.release}` : "from no Helm release"}`,
      rule: "must not be `install` while another installation provides the operator's CRDs",
      remedy: "set it to `existing`: the installed operator then runs our Prometheus",
    },
  ];
};

const operatorFaults: Check = ({ cluster }, { operators }) => {
  const foreign = operators.filter((name) => name !== `${namespaces.monitoring}/kube-prometheus-stack-operator`);
  if (cluster.operator === "existing" || foreign.length === 0) return [];
  return [
    {
      place: "cluster.operator",
      value: foreign.join(", "),
      rule: "must not be `install` while another Prometheus operator runs: both would change the same resources",
      remedy: "set it to `existing`, or remove the other operator",
    },
  ];
};

const nodeExporterFaults: Check = ({ cluster }, { nodeExporters }) => {
  const foreign = nodeExporters.filter((name) => !name.startsWith(`${namespaces.nodeAgents}/`));
  if (cluster.nodeExporter !== "install" || foreign.length === 0) return [];
  return [
    {
      place: "cluster.nodeExporter",
      value: foreign.join(", "),
      rule: "must not be `install` while port 9100 of the nodes is already in use",
      remedy: "set it to `existing` if that is a node-exporter that serves plain HTTP, otherwise to `off`",
    },
  ];
};

const runtimeFaults: Check = (_environment, { nodes }) => {
  const docker = nodes.filter(({ runtime }) => runtime.startsWith("docker://"));
  if (docker.length === 0) return [];
  return [
    {
      place: "cluster.context",
      value: docker.map(({ name, runtime }) => `${name} (${runtime})`).join(", "),
      rule: "must not refer to a cluster whose nodes run Docker: the log agents read the log files of CRI only",
      remedy: "use containerd or CRI-O, such as with `minikube start --container-runtime=containerd`",
    },
  ];
};

const storageFaults: Check = (environment, { storageClasses }) => {
  const wanted = environment.cluster.storageClass;
  const volumes = volumesOf(environment);
  if (volumes.length === 0) return [];
  const names = storageClasses.map(({ name }) => name).join(", ") || "none";
  if (wanted !== undefined && !storageClasses.some(({ name }) => name === wanted)) {
    const rule = `must be a StorageClass of the cluster, which has: ${names}`;
    return [{ place: "cluster.storageClass", value: wanted, rule, remedy: "use one of them, or create this one" }];
  }
  if (wanted !== undefined || storageClasses.some(({ isDefault }) => isDefault)) return [];
  return [
    {
      place: "cluster.storageClass",
      rule: `must be set: the cluster has no default StorageClass (it has: ${names}), and these settings need volumes: ${volumes.join(", ")}`,
      remedy: "set a StorageClass, or install a provisioner",
    },
  ];
};

const metricsApiFaults: Check = ({ cluster, erp }, { metricsApi }) => {
  const scales = "minReplicas" in erp.api.scale;
  if (metricsApi || !(scales || cluster.metricsApi === "existing")) return [];
  return [
    {
      place: scales ? "erp.api.scale" : "cluster.metricsApi",
      rule: "must not rely on the metrics API (v1beta1.metrics.k8s.io), which the cluster does not serve",
      remedy: scales
        ? "install metrics-server, or set it to `{ replicas: … }` and `cluster.metricsApi` to `off`"
        : "install metrics-server, or set it to `off`",
    },
  ];
};

const terminatingNamespaceFaults: Check = (_environment, { ending }) =>
  ending
    .filter((name) => Object.values<string>(namespaces).includes(name))
    .map((name) => ({
      place: "cluster.context",
      rule: `must not refer to a cluster that is still deleting the namespace ${name}`,
      remedy: `wait until the namespace is deleted: kubectl wait --for=delete namespace/${name} --timeout=5m`,
    }));

function volumesOf({ prometheus, alertmanager, erp }: Environment): string[] {
  return [
    ...(prometheus.storage ? ["prometheus.storage"] : []),
    ...(alertmanager.storage ? ["alertmanager.storage"] : []),
    "loki.storage",
    ...(erp.inCluster ? ["erp.inCluster.postgresql"] : []),
  ];
}
