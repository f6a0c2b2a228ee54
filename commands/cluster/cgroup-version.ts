import type { Kubectl } from "./kubectl";

/**
 * The cgroup version of a node, from the metrics of its kubelet.
 * @returns undefined if the kubelet is older than 1.31, or if the user may not read the metrics of a node
 */
export async function cgroupVersion(kubectl: Kubectl, node: string): Promise<number | undefined> {
  const { code, stdout } = await kubectl.attempt(["get", "--raw", `/api/v1/nodes/${node}/proxy/metrics`]);
  const version = code === 0 ? /^kubelet_cgroup_version (\d+)$/m.exec(stdout)?.[1] : undefined;
  return version === undefined ? undefined : Number(version);
}
