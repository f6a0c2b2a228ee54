import { mergePlacements, type Placement } from "./placement";

/**
 * Fields of a pod whose DaemonSet runs on every node of the cluster that has a kubelet and runs Linux. On a Windows
 * node, or on a virtual node that runs each pod elsewhere, the pod would never become ready, and Helm would wait for it.
 */
export const linuxNodes: Placement = {
  nodeSelector: { "kubernetes.io/os": "linux" },
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              // https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
              { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate"] },
              // https://learn.microsoft.com/azure/aks/virtual-nodes
              { key: "type", operator: "NotIn", values: ["virtual-kubelet"] },
            ],
          },
        ],
      },
    },
  },
};

/** Placement of an agent that reads the files of its node: also on nodes with taints, where others run their pods. */
export function everyLinuxNode(placement: Placement): Placement {
  return mergePlacements({ ...linuxNodes, tolerations: [{ operator: "Exists" }] }, placement);
}
