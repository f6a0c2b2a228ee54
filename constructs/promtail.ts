import { Construct } from "constructs";
import { ChartRelease, type ChartSource } from "./chart-release";
import type { Resources } from "./container";
import { type ImageSource, pullSecrets } from "./image-source";
import { everyLinuxNode } from "./node-placement";
import type { Placement } from "./placement";

export interface PromtailProps extends ImageSource {
  readonly namespace: string;
  readonly source: ChartSource;
  /** The name of the PriorityClass of the pods, which decides when a node evicts them. */
  readonly priorityClass: string;
  /** Further conditions on the nodes. @default every Linux node */
  readonly placement?: Placement;
  /** Address of Loki, without a path. */
  readonly lokiUrl: string;
  /**
   * Relabelings that select the node's pods and set their labels.
   * https://grafana.com/docs/loki/latest/send-data/promtail/configuration/#relabel_configs
   */
  readonly relabelings: readonly object[];
  /** Stages that process each line. https://grafana.com/docs/loki/latest/send-data/promtail/stages/ */
  readonly pipelineStages: readonly object[];
  /** The waits between attempts to send a batch, which never end. */
  readonly backOff: { readonly leastWait: string; readonly longestWait: string };
  readonly resources: Resources;
}

/** Replaces the chart's own scrape configuration, which sets other labels. Helm inserts the lists. */
const scrapeConfigs = `- job_name: pods
  kubernetes_sd_configs:
    - role: pod
  relabel_configs:
    {{- toYaml .Values.config.snippets.common | nindent 4 }}
  pipeline_stages:
    {{- toYaml .Values.config.snippets.pipelineStages | nindent 4 }}
`;

const name = "promtail";
const rbac = "rbac.authorization.k8s.io";

/**
 * What Promtail's discovery of pods needs. The chart's own ClusterRole also contains `nodes/proxy`, with which an
 * account can run commands in every container of the cluster.
 */
function permissions(namespace: string): readonly object[] {
  const [apiVersion, metadata] = [`${rbac}/v1`, { name }];
  return [
    {
      apiVersion,
      kind: "ClusterRole",
      metadata,
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["list", "watch"] }],
    },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata,
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
  ];
}

/** Reads the log files of each node's pods and sends them to Loki. */
export class Promtail extends Construct {
  constructor(scope: Construct, id: string, props: PromtailProps) {
    super(scope, id);
    new ChartRelease(this, "Release", {
      name,
      namespace: props.namespace,
      source: props.source,
      values: {
        fullnameOverride: name,
        rbac: { create: false },
        extraObjects: permissions(props.namespace),
        ...(props.imageRegistry && { global: { imageRegistry: props.imageRegistry } }),
        resources: props.resources,
        priorityClassName: props.priorityClass,
        ...pullSecrets(props.imagePullSecrets),
        ...everyLinuxNode(props.placement ?? {}),
        podSecurityContext: { runAsUser: 0, runAsGroup: 0, seccompProfile: { type: "RuntimeDefault" } },
        defaultVolumes: [
          { name: "run", hostPath: { path: "/run/promtail" } },
          { name: "pods", hostPath: { path: "/var/log/pods" } },
        ],
        defaultVolumeMounts: [
          { name: "run", mountPath: "/run/promtail" },
          { name: "pods", mountPath: "/var/log/pods", readOnly: true },
        ],
        config: {
          clients: [
            {
              url: `${props.lokiUrl}/loki/api/v1/push`,
              // 0 retries are retries without end.
              backoff_config: {
                min_period: props.backOff.leastWait,
                max_period: props.backOff.longestWait,
                max_retries: 0,
              },
            },
          ],
          snippets: { scrapeConfigs, common: props.relabelings, pipelineStages: props.pipelineStages },
        },
      },
      timeoutSeconds: 300,
    });
  }
}
