import { type Keep, keepOnly } from "./keep";

/**
 * A step of relabelling, as Prometheus' configuration contains it. Only the fields that we set are listed.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
interface Relabeling {
  readonly source_labels: readonly string[];
  readonly regex?: string;
  readonly replacement?: string;
  readonly target_label?: string;
  readonly action?: string;
}

/**
 * A scrape configuration of Prometheus. Only the fields that we set are listed.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
interface NodeScrape {
  readonly job_name: string;
  readonly kubernetes_sd_configs: readonly object[];
  readonly relabel_configs: readonly Relabeling[];
  readonly metric_relabel_configs: readonly Relabeling[] | undefined;
}

/**
 * The scrape configuration for a node-exporter that already runs on every Linux node: at the node's address and the
 * default port. It works for a DaemonSet in any namespace, and for a service of the machine.
 */
export function existingNodeExporter(keep: Keep | undefined): NodeScrape {
  return {
    job_name: "node-exporter",
    kubernetes_sd_configs: [{ role: "node" }],
    relabel_configs: [
      { source_labels: ["__meta_kubernetes_node_label_kubernetes_io_os"], regex: "linux", action: "keep" },
      // Service discovery returns the kubelet's port.
      { source_labels: ["__address__"], regex: "(.+):\\d+", replacement: "$1:9100", target_label: "__address__" },
      { source_labels: ["__meta_kubernetes_node_name"], target_label: "node" },
    ],
    metric_relabel_configs: keepOnly(keep)?.map(({ sourceLabels, ...relabeling }) => ({
      source_labels: sourceLabels,
      ...relabeling,
    })),
  };
}
