import { namespaces } from "../../../settings/addresses";
import { alertmanagerMembers } from "../alertmanager-members";
import type { Check, Failure } from "../check";
import { ourNamespaces } from "../deployment";
import type { Server } from "../server";

/** Alertmanagers that do not see each other send every notification several times. */
export const alertmanagerPeers: Check = {
  id: "alertmanager-peers",
  title: "every Alertmanager sees the others",
  permissions: [
    { namespaces: ourNamespaces, resources: ["pods"], verbs: ["list"] },
    { namespaces: [namespaces.monitoring], resources: ["pods/proxy"], verbs: ["get"] },
  ],
  without: ({ alertmanager }) => (alertmanager.replicas === 1 ? "`alertmanager.replicas` is 1" : undefined),
  async run(deployment) {
    const { replicas } = deployment.environment.alertmanager;
    const members = await alertmanagerMembers(deployment);
    const failures = (await Promise.all(members.map((member) => failuresOf(member, replicas)))).flat();
    return { failures, extent: `${members.length} members` };
  },
};

/** The status of a member. Only the fields that we read are listed. @see https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
interface Status {
  readonly cluster: { readonly status: string; readonly peers?: readonly object[] };
}

async function failuresOf(member: Server, replicas: number): Promise<Failure[]> {
  const { cluster } = await member.get<Status>("/api/v2/status");
  const peers = cluster.peers?.length ?? 0;
  if (peers === replicas && cluster.status === "ready") return [];
  return [
    {
      where: member.name,
      expected: `${replicas} members, itself included, with the status ready`,
      found: `${peers} members, with the status ${cluster.status}`,
      runbook: "AlertmanagerMembersMissing",
    },
  ];
}
