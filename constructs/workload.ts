import type { DeploymentV1Config } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { Construct } from "constructs";
import type { ContainerProps } from "./container";
import { PodOwner } from "./pod-owner";
import { type PodProps, podTemplate, withMetadata } from "./pod-template";

export interface WorkloadProps extends Omit<PodProps, "labels" | "containers" | "serviceAccount" | "restartPolicy"> {
  /** Name of all objects of the workload, and of the label that selects its pods. */
  readonly name: string;
  readonly namespace: string;
  /** Name of the application that the workload belongs to. */
  readonly partOf: string;
  readonly container: Omit<ContainerProps, "name">;
  /** Containers that run beside the main one. @default none */
  readonly sidecars?: readonly ContainerProps[];
  /** The number of pods that run. @default an autoscaler decides, which Terraform must not undo */
  readonly replicas?: number;
  /** `rolling`: a new pod is ready before an old one ends. `recreate`: all old pods end before a new one starts. */
  readonly update: keyof typeof updates;
  /**
   * The ports at which other pods reach the workload, by name.
   * @default the ports of the container; no Service if it has none
   */
  readonly service?: Readonly<Record<string, number>>;
}

/** A Deployment with its own ServiceAccount and, if it listens on a port, a Service. */
export class Workload extends Construct {
  readonly labels: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const { name, namespace } = props;
    this.labels = { "app.kubernetes.io/name": name };
    const metadata = { name, namespace, labels: { ...this.labels, "app.kubernetes.io/part-of": props.partOf } };

    const account = new ServiceAccountV1(this, "ServiceAccount", {
      metadata: withMetadata(metadata, props.serviceAccountMetadata),
      automountServiceAccountToken: false,
    });
    new PodOwner<DeploymentV1Config>(this, "Deployment", "kubernetes_deployment_v1", {
      metadata,
      // `npm run rollout` waits for the pods and reports why they are not ready. Here, a failed wait would mark the
      // resource as failed in the state.
      waitForRollout: false,
      spec: {
        replicas: props.replicas === undefined ? undefined : String(props.replicas),
        revisionHistoryLimit: 5,
        ...updates[props.update],
        selector: { matchLabels: { ...this.labels } },
        template: podTemplate({
          ...props,
          labels: metadata.labels,
          serviceAccount: account.metadata.name,
          containers: [{ ...props.container, name }, ...(props.sidecars ?? [])],
        }),
      },
    });
    const ports = Object.entries(props.service ?? props.container.ports ?? {});
    if (ports.length > 0) {
      new ServiceV1(this, "Service", {
        metadata,
        spec: {
          selector: { ...this.labels },
          port: ports.map(([portName, port]) => ({ name: portName, port, targetPort: portName })),
        },
      });
    }
  }
}

const updates = {
  rolling: {
    minReadySeconds: 10,
    progressDeadlineSeconds: 300,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "0", maxSurge: "1" } },
  },
  recreate: { minReadySeconds: 0, progressDeadlineSeconds: 300, strategy: { type: "Recreate" } },
};
