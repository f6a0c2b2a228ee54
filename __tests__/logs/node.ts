import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { freePort } from "../../commands/free-port";
import { program, type Running } from "./program";

/** A log agent with our targets and pipeline. It reads the log files of pods from a folder. */
export interface LogAgent {
  readonly path: string;
  /** The text of the agent's configuration. */
  readonly configuration: (place: Place) => string;
  readonly args: (file: string, place: Place) => readonly string[];
}

/** The files and addresses that an agent uses. */
export interface Place {
  /** Folder for the state of the agent. */
  readonly folder: string;
  /** Folder with the log files, as `/var/log/pods` on a node. */
  readonly logs: string;
  /** File that lists the pods in the format of Prometheus' service discovery. */
  readonly pods: string;
  readonly lokiUrl: string;
  /** The HTTP port of the agent. */
  readonly port: number;
}

/** A container, with the names that the kubelet uses for its log files. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  /** The value of the pod's label `app.kubernetes.io/name`. */
  readonly app: string;
  readonly container: string;
}

export interface Node {
  /**
   * Starts the agent, which continues where it stopped. Promtail reports that it is ready only when it reads a file.
   */
  readonly start: () => Promise<Running>;
  /** Writes the lines of a container to its file, as the container runtime does. */
  readonly print: (pod: Pod, lines: readonly string[], time?: Date) => void;
  /**
   * Rotates a file, as the kubelet does when the file is full: the files that it rotated before become archives, and
   * the file gets a new name. The new file must exist at once: the agent looks for files every `sync_period`, and if a
   * file is missing then, the agent drops its unread lines.
   * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/kubelet/logs/container_log_manager.go
   */
  readonly rotate: (pod: Pod) => void;
  /** Deletes a pod with its log files, as the kubelet and the API server do. */
  readonly deletePod: (pod: Pod) => void;
  readonly remove: () => void;
}

/** A node with these pods, on which a real log agent reads their files with our targets and pipeline. */
export async function node(agent: LogAgent, lokiUrl: string, pods: readonly Pod[]): Promise<Node> {
  const folder = mkdtempSync(join(tmpdir(), "node-"));
  const file = join(folder, "configuration");
  const logs = join(folder, "pods");
  const place = { folder, logs, pods: join(folder, "pods.json"), lokiUrl, port: await freePort() };
  const list = (found: readonly Pod[]) =>
    writeFileSync(place.pods, JSON.stringify(found.map((pod) => ({ targets: ["node"], labels: meta(pod) }))));
  list(pods);
  writeFileSync(file, agent.configuration(place).replaceAll("/var/log/pods", logs));
  const fileOf = (pod: Pod) => join(logs, `${pod.namespace}_${pod.name}_${uid(pod)}`, pod.container, "0.log");
  for (const pod of pods) mkdirSync(dirname(fileOf(pod)), { recursive: true });
  let rotations = 0;
  return {
    start: () => program(agent.path, agent.args(file, place), `http://127.0.0.1:${place.port}`, "/metrics"),
    print: (pod, lines, time = new Date()) =>
      appendFileSync(fileOf(pod), lines.flatMap((line) => runtimeLines(line, time)).join("")),
    rotate(pod) {
      const file = fileOf(pod);
      for (const rotated of rotatedFiles(file)) {
        writeFileSync(`${rotated}.tmp`, gzipSync(readFileSync(rotated)));
        renameSync(`${rotated}.tmp`, `${rotated}.gz`);
        rmSync(rotated);
      }
      renameSync(file, `${file}.${rotationTime(rotations++)}`);
      appendFileSync(file, "");
    },
    deletePod(pod) {
      list(pods.filter((other) => other !== pod));
      rmSync(dirname(dirname(fileOf(pod))), { recursive: true });
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** The files that were rotated and not compressed yet. */
function rotatedFiles(file: string): string[] {
  const folder = dirname(file);
  return readdirSync(folder)
    .filter((name) => /^\d+\.log\.[\d-]+$/.test(name))
    .map((name) => join(folder, name));
}

/** The time of a rotation in the name of the file, such as `20261130-110500`. Each rotation is a second later. */
function rotationTime(rotation: number): string {
  const time = new Date(Date.now() + 1000 * rotation).toISOString();
  return time.replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
}

/** The labels of a pod in Prometheus' service discovery. */
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

/**
 * The container runtime splits lines at this number of bytes.
 * https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md
 */
const splitBytes = 16_384;

function runtimeLines(line: string, time: Date): string[] {
  const parts = line.match(new RegExp(`.{1,${splitBytes}}`, "g")) ?? [""];
  return parts.map((part, index) => {
    const tag = index === parts.length - 1 ? "F" : "P";
    return `${time.toISOString().replace("Z", "000000Z")} stdout ${tag} ${part}\n`;
  });
}
