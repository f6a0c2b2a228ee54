import { Construct } from "constructs";
import { ChartRelease, type ChartSource } from "./chart-release";
import type { Resources } from "./container";
import { type ImageSource, pullSecrets } from "./image-source";
import { everyLinuxNode } from "./node-placement";
import type { Placement } from "./placement";
import { templateText } from "./template-text";

export interface AlloyProps extends ImageSource {
  readonly namespace: string;
  readonly source: ChartSource;
  /** The name of the PriorityClass of the pods, which decides when a node evicts them. */
  readonly priorityClass: string;
  /** Further conditions on the nodes. @default every Linux node */
  readonly placement?: Placement;
  /** Address of Loki, without a path. */
  readonly lokiUrl: string;
  /** Rules of a `discovery.relabel`, which select the node's pods and set their labels. */
  readonly rules: string;
  /** Stages of a `loki.process`. */
  readonly stages: string;
  /** The waits between attempts to send a batch, which never end. */
  readonly backOff: { readonly leastWait: string; readonly longestWait: string };
  readonly resources: Resources;
}

/** Folder on the node for the read position in each file, which must survive the pod. */
const storagePath = "/run/alloy";

/** Reads the log files of each node's pods and sends them to Loki. */
export class Alloy extends Construct {
  constructor(scope: Construct, id: string, props: AlloyProps) {
    super(scope, id);
    new ChartRelease(this, "Release", {
      name: "alloy",
      namespace: props.namespace,
      source: props.source,
      values: {
        fullnameOverride: "alloy",
        ...globalImage(props),
        crds: { create: false },
        alloy: {
          // The chart expands templates in this text.
          configMap: { content: templateText(configuration(props)) },
          enableReporting: false,
          storagePath,
          resources: props.resources,
          securityContext: {
            runAsUser: 0,
            runAsGroup: 0,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
            seccompProfile: { type: "RuntimeDefault" },
          },
          mounts: {
            extra: [
              { name: "run", mountPath: storagePath },
              { name: "pods", mountPath: "/var/log/pods", readOnly: true },
              { name: "tmp", mountPath: "/tmp" },
            ],
          },
        },
        controller: {
          ...everyLinuxNode(props.placement ?? {}),
          priorityClassName: props.priorityClass,
          volumes: {
            extra: [
              { name: "run", hostPath: { path: storagePath } },
              { name: "pods", hostPath: { path: "/var/log/pods" } },
              { name: "tmp", emptyDir: { sizeLimit: "16Mi" } },
            ],
          },
        },
        // A changed configuration replaces the pods.
        configReloader: { enabled: false },
        // By default, the chart allows Alloy to read every Secret of the cluster. The chart prints both lists one after the
        // other, so neither may be empty.
        rbac: { rules: [podRule("get", "list")], clusterRules: [podRule("watch")] },
        service: { enabled: false },
      },
      timeoutSeconds: 300,
    });
  }
}

/** The registry and its credentials, of which this chart has its own names. */
function globalImage({ imageRegistry, imagePullSecrets }: ImageSource): object {
  if (imageRegistry === undefined && imagePullSecrets === undefined) return {};
  const image = { registry: imageRegistry, pullSecrets: pullSecrets(imagePullSecrets).imagePullSecrets };
  return { global: { image } };
}

function podRule(...verbs: readonly string[]): object {
  return { apiGroups: [""], resources: ["pods"], verbs };
}

/** https://grafana.com/docs/alloy/latest/reference/components/ */
function configuration({ rules, stages, lokiUrl, backOff }: AlloyProps): string {
  return `discovery.kubernetes "pods" {
  role = "pod"
  selectors {
    role  = "pod"
    field = "spec.nodeName=" + sys.env("HOSTNAME")
  }
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets
${indent(rules)}
}

loki.source.file "pods" {
  targets    = discovery.relabel.pods.output
  forward_to = [loki.process.pods.receiver]
  file_match {
    enabled = true
  }
}

loki.process "pods" {
  forward_to = [loki.write.loki.receiver]
${indent(stages)}
}

loki.write "loki" {
  endpoint {
    url = "${lokiUrl}/loki/api/v1/push"
    // 0 retries are retries without end.
    min_backoff_period  = "${backOff.leastWait}"
    max_backoff_period  = "${backOff.longestWait}"
    max_backoff_retries = 0
  }
}
`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
