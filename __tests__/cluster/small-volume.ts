import type { Disruption } from "./disruption";
import { kubectl } from "./kubernetes";
import { onlyNode, onNode } from "./node-shell";

/** A pod with a volume, and the claim of the volume. */
interface VolumeOfPod {
  readonly namespace: string;
  readonly pod: string;
  readonly claim: string;
}

export const lokiVolume: VolumeOfPod = { namespace: "logging", pod: "loki-0", claim: "storage-loki-0" };
export const prometheusVolume: VolumeOfPod = {
  namespace: "monitoring",
  pod: "prometheus-kube-prometheus-stack-prometheus-0",
  claim: "prometheus-kube-prometheus-stack-prometheus-db-prometheus-kube-prometheus-stack-prometheus-0",
};

/**
 * Gives the volume of a pod a small file system. The directories of a local StorageClass have no limit of their own, so
 * a memory file system is mounted over the directory while the pod is away. The end copies everything back.
 *
 * @param mebibytes size of the file system, which the data of the pod must fit into
 * @param access `ro`: the pod cannot write. @default the pod can read and write
 */
export function smallVolume(volume: VolumeOfPod, mebibytes: number, access: "rw" | "ro" = "rw"): Disruption {
  return {
    begin: () =>
      whileAway(volume, (path) => [
        `mkdir -p ${path}.kept`,
        `mount --bind ${path} ${path}.kept`,
        // Otherwise the next mount would appear there too.
        `mount --make-private ${path}.kept`,
        `mount -t tmpfs -o size=${mebibytes}m,mode=0777 tmpfs ${path}`,
        `cp -a ${path}.kept/. ${path}/`,
        `mount -o remount,${access} ${path}`,
      ]),
    end: () => {
      if (!isSmall(volume)) return;
      whileAway(volume, (path) => [
        `mount -o remount,rw ${path}`,
        `rm -rf ${path}.kept/*`,
        `rm -f ${path}/filler`,
        `cp -a ${path}/. ${path}.kept/`,
        `umount ${path} ${path}.kept`,
        `rmdir ${path}.kept`,
      ]);
    },
  };
}

/** Fills a small volume to its last byte. */
export function fullVolume(volume: VolumeOfPod): Disruption {
  return {
    begin: () => {
      if (!isSmall(volume)) throw new Error(`the volume of ${volume.pod} is not small`);
      run(volume, (path) => [`dd if=/dev/zero of=${path}/filler bs=64k 2>/dev/null || true`]);
    },
    end: () => {
      if (isSmall(volume)) run(volume, (path) => [`rm -f ${path}/filler`]);
    },
  };
}

/** The directory of a pod's volume on the node. */
export function directory({ namespace, claim }: VolumeOfPod): string {
  const name = kubectl("-n", namespace, "get", "pvc", claim, "-o", "jsonpath={.spec.volumeName}");
  return kubectl("get", "pv", name, "-o", "jsonpath={.spec.hostPath.path}{.spec.local.path}");
}

function isSmall(volume: VolumeOfPod): boolean {
  return run(volume, (path) => [`test ! -d ${path}.kept || echo small`]).trim() === "small";
}

function run(volume: VolumeOfPod, commands: (path: string) => readonly string[]): string {
  return onNode(`volume-of-${volume.pod}`, commands(directory(volume)).join("\n"));
}

/** Runs commands while no pod uses the volume: the pod cannot return to a cordoned node. */
function whileAway(volume: VolumeOfPod, commands: (path: string) => readonly string[]): void {
  const { namespace, pod } = volume;
  kubectl("cordon", onlyNode());
  try {
    kubectl("-n", namespace, "delete", "pod", pod, "--timeout=180s");
    run(volume, commands);
  } finally {
    kubectl("uncordon", onlyNode());
  }
}
