import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "../../logs/pipeline";
import { targets } from "../../logs/targets";
import { namespaces } from "../../settings/addresses";
import { freePort } from "../notifications/listener";
import { program, type Running } from "./program";

/** A container as the kubelet files it. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  /** Its label `app.kubernetes.io/name`. */
  readonly app: string;
  readonly container: string;
}

export interface Node {
  /** Starts the agent where it stopped. It calls itself ready only once it reads something. */
  readonly start: () => Promise<Running>;
  /** What a container prints, as the runtime writes it to the file. */
  readonly print: (pod: Pod, lines: readonly string[], time?: Date) => void;
  /**
   * As the kubelet does it when a file is full, and the runtime at once begins another. Between the two there must be no
   * time: Promtail looks for files every `sync_period`, and of one that it does not find then, it drops what is unread.
   */
  readonly rotate: (pod: Pod) => void;
  readonly remove: () => void;
}

/** A node with these pods, on which a real Promtail reads their files by our targets and pipeline. */
export async function node(path: string, lokiUrl: string, pods: readonly Pod[]): Promise<Node> {
  const folder = mkdtempSync(join(tmpdir(), "promtail-"));
  const [port, file] = [await freePort(), join(folder, "promtail.json")];
  const logs = join(folder, "pods");
  writeFileSync(
    join(folder, "pods.json"),
    JSON.stringify(pods.map((pod) => ({ targets: ["node"], labels: meta(pod) }))),
  );
  writeFileSync(file, JSON.stringify(configuration(folder, lokiUrl, port)).replaceAll("/var/log/pods", logs));
  const fileOf = (pod: Pod) => join(logs, `${pod.namespace}_${pod.name}_${uid(pod)}`, pod.container, "0.log");
  for (const pod of pods) mkdirSync(dirname(fileOf(pod)), { recursive: true });
  return {
    start: () => program(path, [`-config.file=${file}`], `http://127.0.0.1:${port}`, "/metrics"),
    print: (pod, lines, time = new Date()) =>
      appendFileSync(fileOf(pod), lines.flatMap((line) => framed(line, time)).join("")),
    rotate(pod) {
      renameSync(fileOf(pod), `${fileOf(pod)}.${Date.now()}`);
      appendFileSync(fileOf(pod), "");
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** As `constructs/promtail.ts` has it; files stand for the cluster's API, and nothing is waited for longer than needed. */
function configuration(folder: string, lokiUrl: string, port: number): object {
  const server = { http_listen_address: "127.0.0.1", http_listen_port: port, grpc_listen_address: "127.0.0.1" };
  return {
    server: { ...server, grpc_listen_port: 0, log_level: "warn" },
    positions: { filename: join(folder, "positions.yaml") },
    clients: [
      {
        url: `${lokiUrl}/loki/api/v1/push`,
        batchwait: "100ms",
        backoff_config: { min_period: "100ms", max_period: "1s", max_retries: 100 },
      },
    ],
    target_config: { sync_period: "200ms" },
    scrape_configs: [
      {
        job_name: "pods",
        file_sd_configs: [{ files: [join(folder, "pods.json")] }],
        relabel_configs: targets(Object.values(namespaces)),
        pipeline_stages: pipeline,
      },
    ],
  };
}

/** What the cluster's API says of a pod, and Prometheus' service discovery makes of it. */
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
const split = 16_384;

function framed(line: string, time: Date): string[] {
  const parts = line.match(new RegExp(`.{1,${split}}`, "g")) ?? [""];
  return parts.map((part, index) => {
    const tag = index === parts.length - 1 ? "F" : "P";
    return `${time.toISOString().replace("Z", "000000Z")} stdout ${tag} ${part}\n`;
  });
}
