import { context, kubectl } from "./kubernetes";

/** The value of each `<placeholder>` of a runbook's command in this deployment. */
const placeholders: Readonly<Record<string, (namespace: string) => string>> = {
  // A volume is Prometheus', a release Loki's; everything else is looked for in the namespace of the ERP.
  namespace: (namespace) => namespace,
  context: () => context,
  pod: podIn,
  container: (namespace) => firstOf("pod", podIn(namespace), namespace, "{.spec.containers[0].name}"),
  node: () => kubectl("get", "nodes", "--output=jsonpath={.items[0].metadata.name}"),
  claim: (namespace) => kubectl("--namespace", namespace, "get", "pvc", "--output=jsonpath={.items[0].metadata.name}"),
  // The size that it has: the API server then checks the change and has nothing to grow.
  size: (namespace) =>
    kubectl("--namespace", namespace, "get", "pvc", "--output=jsonpath={.items[0].spec.resources.requests.storage}"),
  name: () => "erp-api",
  job: () => "postgresql-exporter",
  release: () => "loki",
  revision: () => "1",
  number: () => "0",
  replicas: () => "2",
  queues: () => "default reports",
  daemonset: () => "promtail",
  "promtail or alloy": () => "promtail",
};

/** The command with values of the deployment. A placeholder that the table lacks stays: the deployment has no such thing. */
export function fillPlaceholders(command: string): string {
  const namespace = namespaceOf(command);
  return command.replaceAll(/<(\w[\w ]*)>/g, (written, name) => placeholders[name]?.(namespace) ?? written);
}

/** The namespace that a command names, or the one that is meant where that is a placeholder too. */
function namespaceOf(command: string): string {
  const [, named] = /--namespace ([\w-]+)/.exec(command) ?? [];
  if (named) return named;
  if (command.includes("<claim>")) return "monitoring";
  return command.includes("<release>") ? "logging" : "erp";
}

/** A running pod: the API's in the namespace of the ERP. */
function podIn(namespace: string): string {
  const api = namespace === "erp" ? ["--selector=app.kubernetes.io/name=erp-api"] : [];
  const running = ["--field-selector=status.phase=Running", "--output=jsonpath={.items[0].metadata.name}"];
  return kubectl("--namespace", namespace, "get", "pods", ...api, ...running);
}

function firstOf(kind: string, name: string, namespace: string, path: string): string {
  return kubectl("--namespace", namespace, "get", kind, name, `--output=jsonpath=${path}`);
}
