/** Mount points that every node has. Others belong to the machine on which the node ran. */
const common = /^\/($|boot(\/|$)|run(\/|$)|etc\/resolv\.conf$|var\/(lib\/kubelet|log)(\/|$))/;

/** Whether a series belongs to a file system that every node has, or to no file system. */
export function isCommonMount({ mountpoint }: Readonly<Record<string, string>>): boolean {
  return mountpoint === undefined || common.test(mountpoint);
}
