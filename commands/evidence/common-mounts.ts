/** Where every node mounts something. Other mount points are those of the machine that ran the node. */
const common = /^\/($|boot(\/|$)|run(\/|$)|etc\/resolv\.conf$|var\/(lib\/kubelet|log)(\/|$))/;

/** Whether a series speaks of a file system that other machines have too, or of none. */
export function isCommonMount({ mountpoint }: Readonly<Record<string, string>>): boolean {
  return mountpoint === undefined || common.test(mountpoint);
}
