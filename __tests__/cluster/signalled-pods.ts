import type { Disruption } from "./disruption";
import { kubectl, pythonPod } from "./kubernetes";
import { runOnNode } from "./node-shell";
import { program } from "./webhook";

/** The pod of a server: the first one that the label `app.kubernetes.io/name` selects. */
interface Server {
  readonly namespace: string;
  readonly name: string;
}

/** Pauses all processes of a server's pod with SIGSTOP: connections stay open, and nothing answers. */
export function pausedServer(server: Server): Disruption {
  return {
    begin: () => {
      if (signalPod(server, "SIGSTOP") === 0) throw new Error(`${server.name} has no process that could be paused`);
    },
    // It is harmless for a process that runs.
    end: () => {
      signalPod(server, "SIGCONT");
    },
  };
}

/** Kills all processes of a server's pod, as a lack of memory does. The kubelet starts its containers again. */
export function killServer(server: Server): void {
  if (signalPod(server, "SIGKILL") === 0) throw new Error(`${server.name} has no process that could be killed`);
}

/** Sends a signal to all processes of a server's pod, and returns their number. */
function signalPod({ namespace, name: server }: Server, signal: "SIGSTOP" | "SIGCONT" | "SIGKILL"): number {
  const selector = `app.kubernetes.io/name=${server}`;
  const uid = kubectl("-n", namespace, "get", "pod", "-l", selector, "-o", "jsonpath={.items[0].metadata.uid}");
  const root = { runAsUser: 0, runAsNonRoot: false, capabilities: { drop: ["ALL"], add: ["KILL"] } };
  const spec = {
    ...pythonPod(["python3", "-c", program("signal_pod"), uid, signal], { securityContext: root }),
    hostPID: true,
  };
  return Number(runOnNode(`${signal.toLowerCase()}-${server}`, spec));
}
