import { z } from "zod";
import { containerParts, initContainer, sidecar } from "./containers";
import { annotations, labels, message, unique } from "./fields";
import { identityAnnotations } from "./identity-annotations";
import { placement } from "./placement";
import { volumes } from "./volumes";

/** Labels that the stacks set, or that Kubernetes sets in each pod. */
const ourLabel =
  /^(app\.kubernetes\.io\/(name|part-of)|pod-template-hash|controller-(uid|revision-hash)|job-name|(batch|statefulset)\.kubernetes\.io\/.*)$/;

const podLabels = labels.superRefine((given, context) => {
  for (const label of Object.keys(given).filter((one) => ourLabel.test(one))) {
    context.addIssue({
      code: "custom",
      path: [label],
      message: message(
        "must not be set: the stacks or Kubernetes set this label, by which Services, network policies and alerts find the pods",
        "use a label of your own, such as `example.com/cost-centre`",
      ),
    });
  }
});

const podAnnotations = annotations.superRefine((given, context) => {
  for (const [key, value] of Object.entries(given)) {
    const [rule, remedy] =
      key === "sentry-dsn-revision"
        ? ["must not be set: the stacks set this annotation", "increase `erp.sentry.revision`"]
        : /^container\.apparmor\.security\.beta\.kubernetes\.io\//.test(key) && value === "unconfined"
          ? ["must not be `unconfined`: the namespace does not admit the pod", "remove it, or name a profile"]
          : [];
    if (rule && remedy) context.addIssue({ code: "custom", path: [key], message: message(rule, remedy) });
  }
});

/** Settings of the pods of a program, beside those that the stacks need. Each field replaces that of `pods.placement`. */
export const pod = z.strictObject({
  ...placement.shape,
  /** Further labels of the pods. @default none */
  labels: podLabels.optional(),
  /** Further annotations of the pods. A change replaces the pods. @default none */
  annotations: podAnnotations.optional(),
  /** Labels and annotations of the ServiceAccount, such as those that bind it to an identity of a cloud. @default none */
  serviceAccount: z
    .strictObject({
      /** Further labels of the ServiceAccount. @default none */
      labels: podLabels.optional(),
      /** Annotations of the ServiceAccount. @default none */
      annotations: identityAnnotations.optional(),
    })
    .optional(),
  ...containerParts,
  /** Further volumes, by name. @default none */
  volumes: volumes.optional(),
});

/** Settings of the pods of a program that runs permanently. */
export const workloadPod = pod.extend({
  /** Containers that run one after the other, before our own init containers. @default none */
  initContainers: unique(initContainer, ({ name }) => name)
    .min(1)
    .optional(),
  /** Containers that run beside the main one. They start after all init containers. @default none */
  sidecars: unique(sidecar, ({ name }) => name)
    .min(1)
    .optional(),
});

export type Pod = z.infer<typeof pod>;
export type WorkloadPod = z.infer<typeof workloadPod>;
