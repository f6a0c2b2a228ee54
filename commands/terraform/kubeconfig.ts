import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * The environment for Terraform's providers: they read the kubeconfig that `kubectl` reads, and no variable leads
 * them to another cluster. With both `KUBE_CONFIG_PATH` and `KUBE_CONFIG_PATHS` set, the two providers would differ.
 */
export function providersEnvironment(given: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const others = Object.entries(given).filter(([name]) => !redirects.test(name));
  return { ...Object.fromEntries(others), KUBE_CONFIG_PATHS: kubeconfigFiles(given) };
}

/** What both providers take as defaults of their configuration, before the kubeconfig's context. */
const redirects =
  /^KUBE_(HOST|USER|PASSWORD|INSECURE|TLS_SERVER_NAME|CLIENT_(CERT|KEY)_DATA|CLUSTER_CA_CERT_DATA|CONFIG_PATHS?|CTX(_AUTH_INFO|_CLUSTER)?|TOKEN|PROXY_URL|NAMESPACE)$/;

function kubeconfigFiles({ KUBECONFIG, HOME }: NodeJS.ProcessEnv): string {
  const files = (KUBECONFIG ?? "").split(delimiter).filter((file) => file !== "");
  return files.length > 0 ? files.join(delimiter) : join(HOME ?? homedir(), ".kube", "config");
}
