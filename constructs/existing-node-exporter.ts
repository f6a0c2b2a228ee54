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

/** In Prometheus' own words. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config */
interface NodeScrape {
  readonly job_name: string;
  readonly kubernetes_sd_configs: readonly object[];
  readonly relabel_configs: readonly Relabeling[];
  readonly metric_relabel_configs: readonly Relabeling[] | undefined;
}

/**
 * How Prometheus scrapes the node-exporter that every Linux node has already: at the node's own address and the port that
 * it has everywhere, whoever installed it, as a DaemonSet in some namespace or as a service of the machine.
 */
export function existingNodeExporter(keep: Keep | undefined): NodeScrape {
  return {
    job_name: "node-exporter",
    kubernetes_sd_configs: [{ role: "node" }],
    relabel_configs: [
      { source_labels: ["__meta_kubernetes_node_label_kubernetes_io_os"], regex: "linux", action: "keep" },
      // Found with the kubelet's port.
      { source_labels: ["__address__"], regex: "(.+):\\d+", replacement: "$1:9100", target_label: "__address__" },
      { source_labels: ["__meta_kubernetes_node_name"], target_label: "node" },
    ],
    metric_relabel_configs: keepOnly(keep)?.map(({ sourceLabels, ...relabeling }) => ({
      source_labels: sourceLabels,
      ...relabeling,
    })),
  };
}
