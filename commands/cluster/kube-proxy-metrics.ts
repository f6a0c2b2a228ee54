import { parse } from "yaml";
import type { Kubectl } from "./kubectl";

/**
 * A ConfigMap, as `kubectl get --output=json` prints it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface ConfigMap {
  readonly data?: Readonly<Record<string, string>>;
}

/** The ConfigMaps of kube-proxy that kubeadm and Amazon EKS create. */
const names = ["kube-proxy", "kube-proxy-config"];

/**
 * The address at which kube-proxy serves its metrics, such as `127.0.0.1:10249`.
 * @see https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/
 * @returns undefined if the cluster has no kube-proxy, or configures it in another way
 */
export async function kubeProxyMetrics(kubectl: Kubectl): Promise<string | undefined> {
  const given = ["--namespace=kube-system", "--ignore-not-found", "--output=json"];
  const { code, stdout } = await kubectl.attempt(["get", "configmaps", ...names, ...given]);
  if (code !== 0 || stdout.trim() === "") return undefined;
  const found = JSON.parse(stdout);
  const maps: readonly ConfigMap[] = found.items ?? [found];
  const texts = maps.flatMap(({ data = {} }) => Object.values(data));
  const text = texts.find((one) => /^kind: KubeProxyConfiguration$/m.test(one));
  return text === undefined ? undefined : parse(text).metricsBindAddress || "127.0.0.1:10249";
}
