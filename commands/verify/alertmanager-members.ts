import { namespaces } from "../../settings/addresses";
import type { Pod } from "../rollouts/objects";
import { memberServer } from "../silences/reach-alertmanager";
import type { Deployment } from "./deployment";
import type { Server } from "./server";

/** Each running Alertmanager, reached through the API server. A request to the Service reaches any one of them. */
export async function alertmanagerMembers(deployment: Deployment): Promise<readonly Server[]> {
  const pods = (await deployment.workloads()).filter((object): object is Pod => object.kind === "Pod");
  return pods
    .filter(({ metadata }) => metadata.namespace === namespaces.monitoring && isAlertmanager(metadata.labels))
    .map(({ metadata: { name } }) => memberServer(name, deployment.api.url));
}

function isAlertmanager(labels: Pod["metadata"]["labels"] = {}): boolean {
  return labels["app.kubernetes.io/name"] === "alertmanager";
}
