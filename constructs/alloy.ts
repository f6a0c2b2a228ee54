import { Construct } from "constructs";
import { ChartRelease, type ChartSource } from "./chart-release";
import type { Resources } from "./container";

export interface AlloyProps {
  readonly namespace: string;
  readonly source: ChartSource;
  /** The registry that is put before the repositories of all images. @default the public registries */
  readonly imageRegistry?: string;
  /** Address of Loki, without a path. */
  readonly lokiUrl: string;
  /** Rules of a `discovery.relabel`: which of the node's pods, and under which labels. */
  readonly rules: string;
  /** Stages of a `loki.process`. */
  readonly stages: string;
  readonly resources: Resources;
}

/** On the node, where what was read of each file outlives the pod. */
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
        ...(props.imageRegistry && { global: { image: { registry: props.imageRegistry } } }),
        crds: { create: false },
        alloy: {
          // The chart takes it for a template.
          configMap: { content: configuration(props).replaceAll("{{", '{{ "{{" }}') },
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
          // Every node that runs pods has logs, whatever it is tainted for.
          tolerations: [{ operator: "Exists" }],
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
        // By default it reads every Secret of the cluster. The chart sets one list after the other: none may be empty.
        rbac: { rules: [podRule("get", "list")], clusterRules: [podRule("watch")] },
        service: { enabled: false },
      },
      timeoutSeconds: 300,
    });
  }
}

function podRule(...verbs: readonly string[]): object {
  return { apiGroups: [""], resources: ["pods"], verbs };
}

/** https://grafana.com/docs/alloy/latest/reference/components/ */
function configuration({ rules, stages, lokiUrl }: AlloyProps): string {
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
    // An outage of Loki of about an hour is waited out before lines are given up.
    min_backoff_period  = "500ms"
    max_backoff_period  = "5m"
    max_backoff_retries = 20
  }
}
`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
