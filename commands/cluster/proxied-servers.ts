import { type Address, addresses } from "../../settings/addresses";
import { whileRunning } from "../evidence/while-running";
import { freePort } from "../free-port";
import { Kubectl } from "./kubectl";

/** URLs at which this machine reaches the servers of a running environment. */
export interface ProxiedServers {
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly loki: string;
  /** Base URL of the API server. */
  readonly api: string;
}

/**
 * Runs work while `kubectl proxy` forwards requests through the API server to the servers of the environment.
 *
 * @param context context of the kubeconfig
 * @throws {CommandError} with kubectl's error message, when the proxy does not start
 */
export async function whileProxying<T>(context: string, work: (servers: ProxiedServers) => Promise<T>): Promise<T> {
  const port = await freePort();
  const api = `http://127.0.0.1:${port}`;
  const through = ({ namespace, service, port }: Address) =>
    `${api}/api/v1/namespaces/${namespace}/services/${service}:${port}/proxy`;
  const [path = "", ...args] = new Kubectl(context).command("proxy", `--port=${port}`).split(" ");
  return whileRunning({ path, args, url: `${api}/version` }, () =>
    work({
      prometheus: through(addresses.prometheus),
      alertmanager: through(addresses.alertmanager),
      loki: through(addresses.loki),
      api,
    }),
  );
}
