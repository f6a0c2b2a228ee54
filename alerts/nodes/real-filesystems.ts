/**
 * Selects file systems on disks of the node itself: no file systems in memory, layers of containers, volumes or boot
 * partitions.
 */
export const realFilesystems = `fstype!~"tmpfs|ramfs|overlay|squashfs|erofs|iso9660|fuse.+",mountpoint!~"/(boot|run|var/lib/kubelet/(pods|plugins))(/.*)?"`;
