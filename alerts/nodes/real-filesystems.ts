/** What lies on a disk of the node itself: no memory, no layers of containers, no volumes, and not what only boots it. */
export const realFilesystems = `fstype!~"tmpfs|ramfs|overlay|squashfs|erofs|iso9660|fuse.+",mountpoint!~"/(boot|run|var/lib/kubelet/(pods|plugins))(/.*)?"`;
