import { context, kubectl } from "./kubernetes";

/** The value in this deployment of each `<placeholder>` in a command of a runbook. */
const placeholders: Readonly<Record<string, (namespace: string) => string>> = {
  // Volumes are those of Prometheus, and the release is Loki's. Everything else is in the namespace of the ERP.
  namespace: (namespace) => namespace,
  context: () => context,
  pod: podIn,
  container: (namespace) => firstOf("pod", podIn(namespace), namespace, "{.spec.containers[0].name}"),
  node: () => kubectl("get", "nodes", "--output=jsonpath={.items[0].metadata.name}"),
  claim: (namespace) => kubectl("--namespace", namespace, "get", "pvc", "--output=jsonpath={.items[0].metadata.name}"),
  // The present size: the API server checks the change, and nothing grows.
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

/**
 * The command with values of the deployment. A placeholder that is not in the table stays: the deployment has no such
 * object.
 */
export function fillPlaceholders(command: string): string {
  const namespace = namespaceOf(command);
  return command.replaceAll(/<(\w[\w ]*)>/g, (written, name) => placeholders[name]?.(namespace) ?? written);
}

/** The namespace in the command. If it is a placeholder too, the namespace of the object that the command needs. */
function namespaceOf(command: string): string {
  const [, named] = /--namespace ([\w-]+)/.exec(command) ?? [];
  if (named) return named;
  if (command.includes("<claim>")) return "monitoring";
  return command.includes("<release>") ? "logging" : "erp";
}

/** A running pod of the namespace. In the namespace of the ERP, a pod of the API. */
function podIn(namespace: string): string {
  const api = namespace === "erp" ? ["--selector=app.kubernetes.io/name=erp-api"] : [];
  const running = ["--field-selector=status.phase=Running", "--output=jsonpath={.items[0].metadata.name}"];
  return kubectl("--namespace", namespace, "get", "pods", ...api, ...running);
}

function firstOf(kind: string, name: string, namespace: string, path: string): string {
  return kubectl("--namespace", namespace, "get", kind, name, `--output=jsonpath=${path}`);
}
