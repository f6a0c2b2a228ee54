import { monitorLabels } from "../../settings/addresses";
import type { Disruption } from "./disruption";
import { createObject, runningProgram, scaleToZero } from "./disruption-kinds";
import { kubectl } from "./kubernetes";
import { nodeNamespace, onNode, startOnNode } from "./node-shell";
import { changedObject, deletedObject } from "./saved-object";
import { killServer } from "./signalled-pods";
import { directory, fullVolume, lokiVolume, prometheusVolume, smallVolume } from "./small-volume";
import { answerWith } from "./webhook";

const loki = { namespace: "logging", name: "loki" };
const logAgent = { namespace: "node-agents", name: "promtail" };
const prometheus = { namespace: "monitoring", name: "prometheus" };

const filler = "/var/lib/kubelet/filler";
// The disk of a machine that does other work must not be filled.
const largestDisk = 64 * 2 ** 30;
const fillDisk = `
  size=$(df --output=size -B1 /var/lib/kubelet | tail -n 1)
  [ "$size" -le ${largestDisk} ] || { echo "the disk of the node is larger than 64 GiB"; exit 1; }
  free=$(df --output=avail -B1 /var/lib/kubelet | tail -n 1)
  # Half a percent is less than every kubelet wants to have free, and enough for the server of a single node.
  fallocate -l $((free - size / 200)) ${filler}`;

/** Disruptions of the monitoring itself, of the node, and of the cluster. The replica counts are those of `local`. */
export const monitoringDisruptions = {
  smallLokiVolume: smallVolume(lokiVolume, 96),
  fullLokiVolume: fullVolume(lokiVolume),
  smallPrometheusVolume: smallVolume(prometheusVolume, 256),
  fullPrometheusVolume: fullVolume(prometheusVolume),

  /** Loki and the log agent lose what they have in memory, and the agent the positions that it has read up to. */
  killedLogPath: once(() => {
    killServer(loki);
    onNode("no-positions", "rm -f /run/promtail/positions.yaml");
    killServer(logAgent);
  }),
  /** Overwrites 4 KiB in the middle of the newest segment of the write-ahead log, and kills Prometheus. */
  corruptedWal: once(() => {
    onNode(
      "corrupted-wal",
      `
      cd ${directory(prometheusVolume)}/prometheus-db/wal
      segment=$(ls | grep '^[0-9]*$' | tail -n 1)
      size=$(stat -c %s "$segment")
      dd if=/dev/urandom of="$segment" bs=4096 count=1 seek=$((size / 8192)) conv=notrunc 2>/dev/null`,
    );
    killServer(prometheus);
  }),

  secondPrometheus: secondPrometheus(),

  /** The receivers answer 500 for 90 seconds, then nothing for 90 seconds. */
  failingReceivers: failingReceivers(90_000),

  noErpMonitor: deletedObject({ namespace: "erp", kind: "servicemonitor", name: "erp-api" }),
  noRedisExporterMonitor: deletedObject({ namespace: "erp", kind: "servicemonitor", name: "redis-exporter" }),
  /** A rule that does not parse, with the labels of the rules that the operator selects. */
  invalidRule: createObject({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { namespace: "monitoring", name: "by-hand", labels: monitorLabels },
    spec: { groups: [{ name: "by-hand", rules: [{ alert: "ByHand", expr: "sum(" }] }] },
  }),
  /** The URL of the database has a wrong password, and the pods of the API are replaced. */
  wrongPassword: changedObject({ namespace: "erp", kind: "secret", name: "erp-postgresql" }, () => {
    const encoded = kubectl("-n", "erp", "get", "secret", "erp-postgresql", "-o", "jsonpath={.data.url}");
    const url = new URL(Buffer.from(encoded, "base64").toString());
    url.password = "wrong";
    const patch = JSON.stringify({ stringData: { url: url.href } });
    kubectl("-n", "erp", "patch", "secret", "erp-postgresql", "--type=merge", `--patch=${patch}`);
    kubectl("-n", "erp", "delete", "pod", "-l", "app.kubernetes.io/name=erp-api", "--wait=false");
  }),
  noRedis: scaleToZero("erp", "deployment/redis", 1),
  noBeat: scaleToZero("erp", "deployment/erp-beat", 1),
  noTraffic: scaleToZero("erp", "deployment/erp-traffic", 1),
  noPostgresqlExporter: scaleToZero("erp", "deployment/postgresql-exporter", 1),
  noRedisExporter: scaleToZero("erp", "deployment/redis-exporter", 1),
  noCeleryExporter: scaleToZero("erp", "deployment/celery-exporter", 1),
  noBlackboxExporter: scaleToZero("monitoring", "deployment/blackbox-exporter", 1),

  /** A file that belongs to no pod fills the disk of the node. */
  fullDisk: {
    begin: () => {
      onNode("full-disk", fillDisk);
    },
    end: () => {
      onNode("full-disk", `rm -f ${filler}`);
    },
  },

  noDns: scaleToZero("kube-system", "deployment/coredns", 1),
  /** The API server answers nobody for three minutes. The script ends that itself, because no command reaches it. */
  pausedApiServer: {
    begin: () => startOnNode("paused-api-server", "pkill -STOP kube-apiserver; sleep 180; pkill -CONT kube-apiserver"),
    end: () => {
      kubectl("get", "--raw", "/readyz");
      kubectl("-n", nodeNamespace, "delete", "pod", "paused-api-server", "--ignore-not-found");
    },
  },

  /** 20,000 lines a second: more than the kubelet keeps and the log agent accepts of one pod. */
  hugeFlood: runningProgram(
    "floods-more",
    `
import time
while True:
    start = time.monotonic()
    print("\\n".join(["flood"] * 2000), flush=True)
    time.sleep(max(0, start + 0.1 - time.monotonic()))
`,
  ),
} satisfies Record<string, Disruption>;

function failingReceivers(phase: number): Disruption {
  let timers: readonly NodeJS.Timeout[] = [];
  return {
    begin: () => {
      answerWith(500);
      timers = [setTimeout(() => answerWith(0), phase), setTimeout(() => answerWith(200), 2 * phase)];
    },
    end: () => {
      for (const timer of timers) clearTimeout(timer);
      answerWith(200);
    },
  };
}

/** A disruption that is over when it has happened. */
function once(happen: () => void): Disruption {
  return { begin: happen, end: () => {} };
}

/** Gives Prometheus a second replica, on the same node. The product itself puts the replicas on different nodes. */
function secondPrometheus(): Disruption {
  const object = { namespace: "monitoring", kind: "prometheus", name: "kube-prometheus-stack-prometheus" };
  const spec = { replicas: 2, affinity: null };
  const { begin, end } = changedObject(object, () =>
    kubectl(
      "-n",
      object.namespace,
      "patch",
      object.kind,
      object.name,
      "--type=merge",
      `--patch=${JSON.stringify({ spec })}`,
    ),
  );
  return {
    begin,
    end: () => {
      end();
      const claim = `${prometheusVolume.claim.slice(0, -1)}1`;
      kubectl("-n", object.namespace, "delete", "pvc", claim, "--ignore-not-found", "--wait=false");
    },
  };
}
