import { imageVersion } from "../../subjects/program-versions";
import type { Kubectl } from "../cluster/kubectl";
import { CommandError } from "../command";

/** Pods, selected by their label `app.kubernetes.io/name`. */
export interface Pods {
  readonly namespace: string;
  readonly app: string;
  readonly port: number;
}

/** A pod or a node to which the API server forwards requests. */
export interface ProxyTarget {
  /** Path of the proxy in the API. */
  readonly path: string;
  /** Version of the pod's image, or of the kubelet. */
  readonly version: string;
}

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly containers: readonly { readonly image: string }[] };
}

export async function podOf({ namespace, app, port }: Pods, kubectl: Kubectl): Promise<ProxyTarget> {
  const selected = [`--selector=app.kubernetes.io/name=${app}`, "--field-selector=status.phase=Running"];
  const [found] = await kubectl.list<Pod>("pods", `--namespace=${namespace}`, ...selected);
  if (found === undefined)
    throw new CommandError(
      `No pod of ${app} is running in the namespace ${namespace}. Check it: kubectl -n ${namespace} get pods`,
    );
  const path = `/api/v1/namespaces/${namespace}/pods/${found.metadata.name}:${port}/proxy`;
  return { path, version: imageVersion(found.spec.containers[0]?.image ?? "") };
}

interface Node {
  readonly metadata: { readonly name: string };
  readonly status: { readonly nodeInfo: { readonly kubeletVersion: string } };
}

export async function nodeOf(kubectl: Kubectl): Promise<ProxyTarget> {
  const [found] = await kubectl.list<Node>("nodes");
  if (found === undefined) throw new CommandError("The cluster has no node. Check it: kubectl get nodes");
  return { path: `/api/v1/nodes/${found.metadata.name}/proxy`, version: found.status.nodeInfo.kubeletVersion };
}
