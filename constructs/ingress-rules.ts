import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { Construct } from "constructs";

/** Pods of one namespace, selected by their labels. Without labels, all of its pods. */
export interface Pods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Connections that a pod accepts. If `from` is empty, the pod accepts none. */
export interface IngressRule {
  /** Name of the policy. */
  readonly name: string;
  readonly to: Pods;
  readonly from: readonly Pods[];
  readonly ports: readonly number[];
  /** The protocols that the ports accept. @default ["TCP"] */
  readonly protocols?: readonly ("TCP" | "UDP")[];
}

export interface IngressRulesProps {
  readonly rules: readonly IngressRule[];
}

/** One NetworkPolicy for each rule. Connections that no rule allows stay blocked. */
export class IngressRules extends Construct {
  constructor(scope: Construct, id: string, { rules }: IngressRulesProps) {
    super(scope, id);
    for (const rule of rules) {
      new NetworkPolicyV1(this, rule.name, {
        metadata: { name: rule.name, namespace: rule.to.namespace },
        spec: {
          podSelector: { matchLabels: { ...rule.to.labels } },
          policyTypes: ["Ingress"],
          // A rule without peers would admit everybody.
          ingress: rule.from.length > 0 ? [{ from: rule.from.map(peer), ports: ports(rule) }] : [],
        },
      });
    }
  }
}

function peer({ namespace, labels }: Pods) {
  return {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: { matchLabels: { ...labels } },
  };
}

function ports({ ports, protocols = ["TCP"] }: IngressRule) {
  return ports.flatMap((port) => protocols.map((protocol) => ({ port: String(port), protocol })));
}
