import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { dashboard } from "./dashboard";

/** A ConfigMap with a dashboard. Most of our ConfigMaps contain one. */
export function createConfigMap(stack: TerraformStack, name: string): void {
  new ConfigMapV1(stack, `config-map-${name}`, {
    metadata: {
      name: `dashboard-${name}`,
      namespace: "grafana",
      labels: { grafana_dashboard: "1" },
      annotations: { grafana_folder: "ERP" },
    },
    data: { [`${name}.json`]: JSON.stringify(dashboard(name)) },
  });
}

export function createSecret(stack: TerraformStack, name: string): void {
  const dsn = new TerraformVariable(stack, "sentry_dsn", { type: "string", sensitive: true, nullable: false });
  new SecretV1(stack, `secret-${name}`, {
    metadata: { name, namespace: "erp" },
    type: "Opaque",
    dataWo: { dsn: dsn.stringValue },
    dataWoRevision: 1,
  });
}

export function createClaim(stack: TerraformStack, name: string): void {
  new PersistentVolumeClaimV1(stack, `claim-${name}`, {
    metadata: { name, namespace: "erp" },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    waitUntilBound: false,
  });
}
