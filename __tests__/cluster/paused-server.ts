import type { Disruption } from "./disruption";
import { createPod, kubectl, pythonPod } from "./kubernetes";
import { program } from "./webhook";

/** The namespace whose pods may see all processes of the node. */
const namespace = "node-agents";

/**
 * Pauses all processes of a server's pod with SIGSTOP: connections stay open, and nothing answers.
 *
 * @param server name of the Deployment in the ERP's namespace
 */
export function pausedServer(server: string): Disruption {
  return {
    begin: () => {
      if (signalPod(server, "SIGSTOP") === 0) throw new Error(`${server} has no process that could be paused`);
    },
    // It is harmless for a process that runs.
    end: () => {
      signalPod(server, "SIGCONT");
    },
  };
}

/** Sends a signal to all processes of a server's pod, and returns their number. */
function signalPod(server: string, signal: "SIGSTOP" | "SIGCONT"): number {
  const selector = `app.kubernetes.io/name=${server}`;
  const uid = kubectl("-n", "erp", "get", "pod", "-l", selector, "-o", "jsonpath={.items[0].metadata.uid}");
  const name = `${signal.toLowerCase()}-${server}`;
  const root = { runAsUser: 0, runAsNonRoot: false, capabilities: { drop: ["ALL"], add: ["KILL"] } };
  const spec = {
    ...pythonPod(["python3", "-c", program("signal_pod"), uid, signal], { securityContext: root }),
    hostPID: true,
  };
  createPod({ namespace, name }, spec);
  try {
    kubectl("-n", namespace, "wait", `pod/${name}`, "--for=jsonpath={.status.phase}=Succeeded", "--timeout=60s");
    return Number(kubectl("-n", namespace, "logs", name));
  } finally {
    kubectl("-n", namespace, "delete", "pod", name);
  }
}
