import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePort } from "../notifications/listener";
import { program, type Running } from "./program";

/** A log agent with our targets and pipeline, which reads the pods and their files below a folder. */
export interface LogAgent {
  readonly path: string;
  /** The text of its configuration. */
  readonly configuration: (place: Place) => string;
  readonly args: (file: string, place: Place) => readonly string[];
}

/** Where an agent finds what it needs. */
export interface Place {
  /** Contains what the agent remembers. */
  readonly folder: string;
  /** Contains the log files, as `/var/log/pods` does on a node. */
  readonly logs: string;
  /** Lists the pods as Prometheus' service discovery does. */
  readonly pods: string;
  readonly lokiUrl: string;
  /** The port on which the agent answers. */
  readonly port: number;
}

/** A container as the kubelet files it. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  /** Its label `app.kubernetes.io/name`. */
  readonly app: string;
  readonly container: string;
}

export interface Node {
  /** Starts the agent where it stopped. Promtail calls itself ready only once it reads something. */
  readonly start: () => Promise<Running>;
  /** What a container prints, as the runtime writes it to the file. */
  readonly print: (pod: Pod, lines: readonly string[], time?: Date) => void;
  /**
   * As the kubelet does it when a file is full, and the runtime at once begins another. Between the two there must be no
   * time: the agent looks for files every `sync_period`, and of one that it does not find then, it drops what is unread.
   */
  readonly rotate: (pod: Pod) => void;
  readonly remove: () => void;
}

/** A node with these pods, on which a real log agent reads their files by our targets and pipeline. */
export async function node(agent: LogAgent, lokiUrl: string, pods: readonly Pod[]): Promise<Node> {
  const folder = mkdtempSync(join(tmpdir(), "node-"));
  const file = join(folder, "configuration");
  const logs = join(folder, "pods");
  const place = { folder, logs, pods: join(folder, "pods.json"), lokiUrl, port: await freePort() };
  writeFileSync(place.pods, JSON.stringify(pods.map((pod) => ({ targets: ["node"], labels: meta(pod) }))));
  writeFileSync(file, agent.configuration(place).replaceAll("/var/log/pods", logs));
  const fileOf = (pod: Pod) => join(logs, `${pod.namespace}_${pod.name}_${uid(pod)}`, pod.container, "0.log");
  for (const pod of pods) mkdirSync(dirname(fileOf(pod)), { recursive: true });
  return {
    start: () => program(agent.path, agent.args(file, place), `http://127.0.0.1:${place.port}`, "/metrics"),
    print: (pod, lines, time = new Date()) =>
      appendFileSync(fileOf(pod), lines.flatMap((line) => runtimeLines(line, time)).join("")),
    rotate(pod) {
      renameSync(fileOf(pod), `${fileOf(pod)}.${Date.now()}`);
      appendFileSync(fileOf(pod), "");
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** A pod in the cluster's API, and its labels in Prometheus' service discovery. */
function meta(pod: Pod): Readonly<Record<string, string>> {
  return {
    __meta_kubernetes_namespace: pod.namespace,
    __meta_kubernetes_pod_name: pod.name,
    __meta_kubernetes_pod_uid: uid(pod),
    __meta_kubernetes_pod_container_name: pod.container,
    __meta_kubernetes_pod_controller_name: pod.name.replace(/-[^-]+$/, ""),
    __meta_kubernetes_pod_node_name: "node",
    __meta_kubernetes_pod_label_app_kubernetes_io_name: pod.app,
  };
}

function uid({ namespace, name }: Pod): string {
  return `uid-${namespace}-${name}`;
}

/** At so many bytes the runtime splits a line. https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md */
const splitBytes = 16_384;

function runtimeLines(line: string, time: Date): string[] {
  const parts = line.match(new RegExp(`.{1,${splitBytes}}`, "g")) ?? [""];
  return parts.map((part, index) => {
    const tag = index === parts.length - 1 ? "F" : "P";
    return `${time.toISOString().replace("Z", "000000Z")} stdout ${tag} ${part}\n`;
  });
}
