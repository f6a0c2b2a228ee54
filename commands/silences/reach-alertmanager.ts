import { addresses, namespaces, pods } from "../../settings/addresses";
import type { Kubectl } from "../cluster/kubectl";
import { whileProxying } from "../cluster/proxied-servers";
import { CommandError } from "../command";
import type { Pod } from "../rollouts/objects";
import { Server, ServerError } from "../verify/server";

/** The servers of an environment that know its alerts. */
export interface AlertServers {
  /** Any one of the Alertmanagers, which share their silences. */
  readonly alertmanager: Server;
  /** Each Alertmanager. */
  readonly members: () => Promise<readonly Server[]>;
  readonly prometheus: Server;
  readonly loki: Server;
}

/** Runs work with access to the servers. Each call opens a connection of its own, because a long one can break. */
export type Reach = <T>(work: (servers: AlertServers) => Promise<T>) => Promise<T>;

/** Reaches the servers through the API server, as `verify` does. */
export function reachThrough(kubectl: Kubectl): Reach {
  return (work) =>
    whileProxying(kubectl.context, async (urls) => {
      const servers = {
        alertmanager: new Server("Alertmanager", urls.alertmanager),
        members: () => alertmanagers(kubectl, urls.api),
        prometheus: new Server("Prometheus", urls.prometheus),
        loki: new Server("Loki", urls.loki),
      };
      return work(servers).catch((error: Error) => {
        throw error instanceof ServerError ? new CommandError(reasonText(error)) : error;
      });
    });
}

async function alertmanagers(kubectl: Kubectl, api: string): Promise<readonly Server[]> {
  const { namespace, labels } = pods.alertmanager;
  const selector = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  const found = await kubectl.list<Pod>("pods", "--namespace", namespace, `--selector=${selector.join(",")}`);
  return found.map(({ metadata: { name } }) => memberServer(name, api));
}

/** The Alertmanager in a pod, reached through the API server. */
export function memberServer(pod: string, api: string): Server {
  const path = `/api/v1/namespaces/${namespaces.monitoring}/pods/${pod}:${addresses.alertmanager.port}/proxy`;
  return new Server(pod, `${api}${path}`);
}

function reasonText(error: ServerError): string {
  if (error.status !== 403) return `${error.message}.`;
  return `${error.message}.\nThe account of the kubeconfig needs the verbs get, create and delete on \`services/proxy\`, and get on \`pods/proxy\`, in the namespace ${namespaces.monitoring}.`;
}
