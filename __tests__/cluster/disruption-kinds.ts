import type { Disruption } from "./disruption";
import { inPod, kubectl, kubectlWith, pythonPod } from "./kubernetes";

/** Stops a workload, and starts it again with its replicas. */
export function scaleToZero(namespace: string, workload: string, replicas: number): Disruption {
  const scale = (count: number) => kubectl("-n", namespace, "scale", workload, `--replicas=${count}`);
  return {
    begin: () => scale(0),
    end: () => {
      scale(replicas);
      kubectl("-n", namespace, "rollout", "status", workload, "--timeout=180s");
    },
  };
}

/** Repeats an action, the first time at once. */
export function repeatAction(seconds: number, act: () => void): Disruption {
  let timer: NodeJS.Timeout;
  return {
    begin: () => {
      act();
      timer = setInterval(act, seconds * 1000);
    },
    end: () => clearInterval(timer),
  };
}

/** Begins a disruption some seconds later. */
export function delayed(seconds: number, { begin, end }: Disruption): Disruption {
  let timer: NodeJS.Timeout;
  return {
    begin: () => {
      timer = setTimeout(begin, seconds * 1000);
    },
    end: () => {
      clearTimeout(timer);
      end();
    },
  };
}

/**
 * Restarts a workload. Its end removes the annotation of the restart, because the next plan would, with another
 * rollout.
 */
export function restart(workload: string): Disruption {
  const annotation = "kubectl.kubernetes.io/restartedAt";
  const patch = { spec: { template: { metadata: { annotations: { [annotation]: null } } } } };
  return {
    begin: () => kubectl("-n", "erp", "rollout", "restart", workload),
    end: () => {
      kubectl("-n", "erp", "patch", workload, "--type=merge", `--patch=${JSON.stringify(patch)}`);
      kubectl("-n", "erp", "rollout", "status", workload, "--timeout=300s");
    },
  };
}

/** Adds environment variables to a Deployment of the ERP, whose pods are replaced, and removes them again. */
export function environmentVariables(deployment: string, values: Readonly<Record<string, string>>): Disruption {
  const change = (changes: readonly string[]) => {
    kubectl("-n", "erp", "set", "env", `deployment/${deployment}`, `--containers=${deployment}`, ...changes);
    kubectl("-n", "erp", "rollout", "status", `deployment/${deployment}`, "--timeout=300s");
  };
  return {
    begin: () => change(Object.entries(values).map(([name, value]) => `${name}=${value}`)),
    end: () => change(Object.keys(values).map((name) => `${name}-`)),
  };
}

/** Creates an object, and deletes it again. */
export function createObject(manifest: {
  kind: string;
  apiVersion: string;
  metadata: { namespace: string; name: string; labels?: Readonly<Record<string, string>> };
  spec: object;
}): Disruption {
  return {
    begin: () => kubectlWith(JSON.stringify(manifest), "create", "-f", "-"),
    end: () =>
      kubectl("-n", manifest.metadata.namespace, "delete", manifest.kind, manifest.metadata.name, "--ignore-not-found"),
  };
}

/** A pod in the ERP's namespace that runs a program, with little memory. */
export function runningProgram(name: string, program: string): Disruption {
  return createObject({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace: "erp", name },
    spec: pythonSpec(program),
  });
}

/** The specification of a pod with little memory that runs a program. */
export function pythonSpec(program: string) {
  const memory = { memory: "32Mi" };
  return pythonPod(["python3", "-c", program], { resources: { limits: memory, requests: memory } });
}

/** Runs lines of Python that can import the ERP's code. */
export function python(...lines: string[]): void {
  inPod("erp-api", "python3", "-c", lines.join("\n"));
}
