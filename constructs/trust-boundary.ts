import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { Construct } from "constructs";

export interface TrustBoundaryProps {
  readonly namespace: string;
  /** Pod Security level. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
  readonly podSecurity: "privileged" | "baseline" | "restricted";
  /** Whether Terraform refuses every plan that would delete the namespace and all data in it. */
  readonly protect: boolean;
}

/** A namespace with a Pod Security level, whose pods accept no connection unless a policy allows it. */
export class TrustBoundary extends Construct {
  /** A reference to the name of the namespace. Resources that use it are created after the namespace. */
  readonly name: string;

  constructor(scope: Construct, id: string, { namespace, podSecurity, protect }: TrustBoundaryProps) {
    super(scope, id);
    const labels = Object.fromEntries(
      ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, podSecurity]),
    );
    const owner = new NamespaceV1(this, "Namespace", {
      metadata: { name: namespace, labels },
      lifecycle: protect ? { preventDestroy: true } : undefined,
    });
    owner.overrideLogicalId(namespace);
    this.name = owner.metadata.name;
    new NetworkPolicyV1(this, "DefaultDenyIngress", {
      metadata: { name: "default-deny-ingress", namespace: this.name },
      spec: { podSelector: {}, policyTypes: ["Ingress"] },
    });
  }
}
