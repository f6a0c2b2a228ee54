import type { Kubectl } from "../cluster/kubectl";
import { CommandError } from "../command";
import type { Condition, ObjectMeta } from "./objects";
import type { Rollout } from "./rollouts";

/**
 * A Prometheus or Alertmanager of the Prometheus operator, as `kubectl get --output=json` prints it. Only the fields
 * that we read are listed.
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 */
export interface OperatorResource {
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly status?: { readonly conditions?: readonly (Condition & { readonly observedGeneration?: number })[] };
}

/**
 * The resources that the operator reconciles. It creates and changes their StatefulSets only some time after Helm has
 * finished the release.
 */
export async function operatorRollouts(kubectl: Kubectl, namespaces: readonly string[]): Promise<Rollout[]> {
  const kinds = "prometheuses.monitoring.coreos.com,alertmanagers.monitoring.coreos.com";
  const { code, stdout, stderr } = await kubectl.attempt(["get", kinds, "-A", "--output=json"]);
  if (/forbidden/i.test(stderr)) throw new CommandError(stderr.trim());
  // Without the CRDs there is nothing to wait for.
  if (code !== 0) return [];
  const { items }: { items: OperatorResource[] } = JSON.parse(stdout);
  return items.filter(({ metadata }) => namespaces.includes(metadata.namespace)).map(operatorRollout);
}

export function operatorRollout({ kind, metadata, status }: OperatorResource): Rollout {
  const reconciled = status?.conditions?.find(({ type }) => type === "Reconciled");
  const seen = (reconciled?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  const reason = seen && reconciled?.status !== "True" ? `: ${reconciled?.reason}: ${reconciled?.message}` : "";
  return {
    namespace: metadata.namespace,
    name: `${kind}/${metadata.name}`,
    progress: {
      done: seen && reconciled?.status === "True",
      text: `the operator has not created it yet${reason}`,
    },
    troubled: [],
    older: 0,
  };
}
