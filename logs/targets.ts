/**
 * A step that rewrites the labels of a pod's log file, in the format of Prometheus and Promtail. Only the fields that
 * we use are listed.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
export interface Relabeling {
  readonly action?: "keep" | "replace";
  readonly source_labels: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
}

const meta = "__meta_kubernetes_pod";

/** Relabelling that selects the log files of pods in these namespaces and sets the labels of their streams. */
export function targets(namespaces: readonly string[]): readonly Relabeling[] {
  return [
    {
      action: "keep",
      source_labels: ["__meta_kubernetes_namespace"],
      regex: [...new Set(namespaces)].sort().join("|"),
    },
    { source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
    // The name of a ReplicaSet without its hash, which changes with every rollout.
    {
      source_labels: [`${meta}_controller_name`],
      regex: "([0-9a-z-.]+?)(-[0-9a-f]{8,10})?",
      target_label: "__tmp_controller",
      replacement: "$1",
    },
    {
      source_labels: [`${meta}_label_app_kubernetes_io_name`, `${meta}_label_app`, "__tmp_controller", `${meta}_name`],
      separator: ";",
      regex: ";*([^;]+)(;.*)?",
      target_label: "app",
      replacement: "$1",
    },
    { source_labels: [`${meta}_container_name`], target_label: "container" },
    { source_labels: [`${meta}_name`], target_label: "pod" },
    files([`${meta}_uid`, `${meta}_container_name`], "(.*)"),
    // Static pods of the kubelet have their log files under the hash of their manifest.
    files(
      [
        `${meta}_annotationpresent_kubernetes_io_config_hash`,
        `${meta}_annotation_kubernetes_io_config_hash`,
        `${meta}_container_name`,
      ],
      "true/(.*)",
    ),
  ];
}

function files(source_labels: readonly string[], regex: string): Relabeling {
  return { source_labels, separator: "/", regex, target_label: "__path__", replacement: "/var/log/pods/*$1/*.log" };
}
