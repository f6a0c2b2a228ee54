import type { NodeTerm, PodSpec } from "./pods";

/** Nodes on which the containers of our charts cannot run, with their labels. */
const unready: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "a Windows node": { "kubernetes.io/os": "windows" },
  "a node of AWS Fargate": { "kubernetes.io/os": "linux", "eks.amazonaws.com/compute-type": "fargate" },
  "a virtual node": { "kubernetes.io/os": "linux", type: "virtual-kubelet" },
};

/** The kinds of nodes on which a pod of the DaemonSet would be created, but never become ready. */
export function unreadyNodes({ nodeSelector = {}, affinity }: PodSpec): readonly string[] {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return Object.entries(unready)
    .filter(([, labels]) => Object.entries(nodeSelector).every(([key, value]) => labels[key] === value))
    .filter(([, labels]) => terms?.some((term) => admits(term, labels)) ?? true)
    .map(([name]) => name);
}

function admits({ matchExpressions = [] }: NodeTerm, labels: Readonly<Record<string, string>>): boolean {
  return matchExpressions.every(({ key, operator, values = [] }) => {
    const among = values.includes(labels[key] ?? "");
    return operator === "In" ? among : operator !== "NotIn" || !among;
  });
}
