import { addresses, namespaces } from "../../settings/addresses";
import type { Pod } from "../rollouts/objects";
import type { Deployment } from "./deployment";
import { Server } from "./server";

/** Each running Alertmanager, reached through the API server. A request to the Service reaches any one of them. */
export async function alertmanagerMembers(deployment: Deployment): Promise<readonly Server[]> {
  const pods = (await deployment.workloads()).filter((object): object is Pod => object.kind === "Pod");
  return pods
    .filter(({ metadata }) => metadata.namespace === namespaces.monitoring && isAlertmanager(metadata.labels))
    .map(({ metadata: { name } }) => {
      const path = `/api/v1/namespaces/${namespaces.monitoring}/pods/${name}:${addresses.alertmanager.port}/proxy`;
      return new Server(name, `${deployment.api.url}${path}`);
    });
}

function isAlertmanager(labels: Pod["metadata"]["labels"] = {}): boolean {
  return labels["app.kubernetes.io/name"] === "alertmanager";
}
