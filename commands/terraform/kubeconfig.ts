import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * The environment variables for Terraform's providers: they read the same kubeconfig as `kubectl`, and no variable
 * selects another cluster. If `KUBE_CONFIG_PATH` and `KUBE_CONFIG_PATHS` were both set, the two providers would use
 * different ones.
 */
export function providersEnvironment(given: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const others = Object.entries(given).filter(([name]) => !redirects.test(name));
  return { ...Object.fromEntries(others), KUBE_CONFIG_PATHS: kubeconfigFiles(given) };
}

/** Variables that both providers use as defaults of their configuration, in preference to the kubeconfig's context. */
const redirects =
  /^KUBE_(HOST|USER|PASSWORD|INSECURE|TLS_SERVER_NAME|CLIENT_(CERT|KEY)_DATA|CLUSTER_CA_CERT_DATA|CONFIG_PATHS?|CTX(_AUTH_INFO|_CLUSTER)?|TOKEN|PROXY_URL|NAMESPACE)$/;

function kubeconfigFiles({ KUBECONFIG, HOME }: NodeJS.ProcessEnv): string {
  const files = (KUBECONFIG ?? "").split(delimiter).filter((file) => file !== "");
  return files.length > 0 ? files.join(delimiter) : join(HOME ?? homedir(), ".kube", "config");
}
