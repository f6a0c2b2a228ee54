import type { Kubectl } from "../cluster/kubectl";
import { type Condition, condition, type ObjectMeta } from "./objects";
import type { Rollout } from "./rollouts";

interface OperatorResource {
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/**
 * The StatefulSets that the operator makes for Prometheus and Alertmanager, some time after Helm has called the
 * release installed; each as a rollout that has not begun, for those that are not there yet.
 */
export async function awaitedStatefulSets(kubectl: Kubectl, namespaces: readonly string[]): Promise<Rollout[]> {
  const kinds = "prometheuses.monitoring.coreos.com,alertmanagers.monitoring.coreos.com";
  const { code, stdout } = await kubectl.try(["get", kinds, "-A", "--output=json"]);
  // Without the definitions there is nothing to wait for.
  if (code !== 0) return [];
  const { items }: { items: OperatorResource[] } = JSON.parse(stdout);
  return items.filter(({ metadata }) => namespaces.includes(metadata.namespace)).map(awaited);
}

function awaited({ kind, metadata, status }: OperatorResource): Rollout {
  const reconciled = condition(status?.conditions, "Reconciled");
  const reason = reconciled?.status === "False" ? `: ${reconciled.reason}: ${reconciled.message}` : "";
  return {
    namespace: metadata.namespace,
    name: `StatefulSet/${kind.toLowerCase()}-${metadata.name}`,
    progress: { done: false, text: `not made by the operator yet${reason}` },
    troubled: [],
    older: 0,
  };
}
