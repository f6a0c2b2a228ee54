import type { JobV1Config } from "@cdktf/provider-kubernetes/lib/job-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Construct } from "constructs";
import type { ContainerProps } from "./container";
import { PodOwner } from "./pod-owner";
import { type PodProps, podTemplate, withMetadata } from "./pod-template";

export interface KubernetesJobProps
  extends Omit<PodProps, "labels" | "containers" | "initContainers" | "serviceAccount" | "restartPolicy" | "spread"> {
  readonly name: string;
  readonly namespace: string;
  readonly partOf: string;
  readonly container: Omit<ContainerProps, "name">;
  /** Number of retries after which the Job fails. */
  readonly backoffLimit: number;
}

/** A Job that runs once, and again only when it changes. */
export class KubernetesJob extends Construct {
  constructor(scope: Construct, id: string, props: KubernetesJobProps) {
    super(scope, id);
    const { name, namespace } = props;
    const labels = { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": props.partOf };
    const metadata = { name, namespace, labels };
    const account = new ServiceAccountV1(this, "ServiceAccount", {
      metadata: withMetadata(metadata, props.serviceAccountMetadata),
      automountServiceAccountToken: false,
    });
    new PodOwner<JobV1Config>(this, "Job", "kubernetes_job_v1", {
      metadata,
      // Pods that need the result wait for it. Here, a failed wait would mark the resource as failed in the state.
      waitForCompletion: false,
      spec: {
        backoffLimit: props.backoffLimit,
        template: podTemplate({
          ...props,
          labels,
          serviceAccount: account.metadata.name,
          restartPolicy: "Never",
          containers: [{ ...props.container, name }],
        }),
      },
    });
  }
}
