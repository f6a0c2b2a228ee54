import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { TerraformStack } from "cdktf";

export function createNamespace(stack: TerraformStack, name: string): void {
  new NamespaceV1(stack, `namespace-${name}`, {
    metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    lifecycle: { preventDestroy: true },
  });
}

export function createNetworkPolicy(stack: TerraformStack, name: string): void {
  new NetworkPolicyV1(stack, `network-policy-${name}`, {
    metadata: { name, namespace: "erp" },
    spec: {
      podSelector: { matchLabels: { "app.kubernetes.io/name": name } },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } },
              podSelector: { matchLabels: { "app.kubernetes.io/name": "prometheus" } },
            },
          ],
          ports: [{ port: "8000", protocol: "TCP" }],
        },
      ],
    },
  });
}

export function createService(stack: TerraformStack, name: string): void {
  new ServiceV1(stack, `service-${name}`, {
    metadata: { name, namespace: "erp", labels: { "app.kubernetes.io/name": name } },
    spec: {
      selector: { "app.kubernetes.io/name": name },
      port: [{ name: "http", port: 8000, targetPort: "http" }],
    },
  });
}

export function createIngress(stack: TerraformStack, name: string): void {
  const service = { name, port: { name: "http" } };
  new IngressV1(stack, `ingress-${name}`, {
    metadata: { name, namespace: "erp" },
    spec: {
      ingressClassName: "nginx",
      rule: [{ host: "erp.example.com", http: { path: [{ path: "/api", pathType: "Prefix", backend: { service } }] } }],
      tls: [{ secretName: "erp-tls", hosts: ["erp.example.com"] }],
    },
  });
}
