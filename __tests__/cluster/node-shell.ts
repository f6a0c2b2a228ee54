import { createPod, kubectl, pythonPod } from "./kubernetes";

/** The namespace whose pods may see all processes of the node. */
export const nodeNamespace = "node-agents";

/**
 * Runs a shell script as root on the node itself, with its processes and file systems, and returns its output. It also
 * runs on a node that is cordoned or lacks room.
 *
 * @param name name of the pod that runs the script
 * @throws {Error} when the script fails
 */
export function onNode(name: string, script: string): string {
  return runOnNode(name, shellPod(script));
}

/** Starts a script as `onNode` does, and does not wait for it. */
export function startOnNode(name: string, script: string): void {
  createPod({ namespace: nodeNamespace, name }, shellPod(script));
}

/**
 * Runs a pod that may see all processes of the node, and returns its output.
 * @throws {Error} when its program fails
 */
export function runOnNode(name: string, spec: object): string {
  createPod({ namespace: nodeNamespace, name }, spec);
  try {
    const ended = "--for=jsonpath={.status.containerStatuses[0].state.terminated}";
    kubectl("-n", nodeNamespace, "wait", `pod/${name}`, ended, "--timeout=300s");
    const output = kubectl("-n", nodeNamespace, "logs", name);
    const code = "jsonpath={.status.containerStatuses[0].state.terminated.exitCode}";
    if (kubectl("-n", nodeNamespace, "get", "pod", name, "-o", code) !== "0") {
      throw new Error(`${name} failed on the node: ${output}`);
    }
    return output;
  } finally {
    kubectl("-n", nodeNamespace, "delete", "pod", name, "--ignore-not-found", "--wait=false");
  }
}

function shellPod(script: string): object {
  const enter = ["nsenter", "--target", "1", "--mount", "--pid", "--", "sh", "-euc", script];
  const root = { privileged: true, runAsUser: 0, runAsNonRoot: false, allowPrivilegeEscalation: true };
  return {
    ...pythonPod(enter, { securityContext: root }),
    hostPID: true,
    nodeName: onlyNode(),
    // Otherwise the kubelet would refuse it while the node has too little room.
    priorityClassName: "system-node-critical",
  };
}

/** @throws {Error} when the cluster has more than one node, because the tests would disrupt the wrong one. */
export function onlyNode(): string {
  const [name = "", ...others] = kubectl("get", "nodes", "-o", "jsonpath={.items[*].metadata.name}").split(" ");
  if (others.length > 0) throw new Error("the cluster has more than one node");
  return name;
}
