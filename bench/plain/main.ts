import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, S3Backend, TerraformStack } from "cdktf";
import { createChart } from "./charts";
import { createClaim, createConfigMap, createSecret } from "./configuration";
import { createIngress, createNamespace, createNetworkPolicy, createService } from "./network";
import {
  createAutoscaler,
  createDeployment,
  createDisruptionBudget,
  createJob,
  createServiceAccount,
} from "./workloads";

/**
 * The app that our synth is compared with, as somebody would write it by hand for the same clusters, with cdktf and the
 * generated classes of the providers. Each stack has the same number of resources of each type, of about the same size.
 * It has no checks.
 */
const environments = ["local", "staging", "production"] as const;

/** Number of resources of each type, by environment in the order above. `npm run bench` compares them with ours. */
const counts = {
  base: {
    helm_release: [1, 1, 1],
    kubernetes_namespace_v1: [5, 5, 5],
    kubernetes_network_policy_v1: [5, 5, 5],
  },
  monitoring: {
    helm_release: [6, 6, 6],
    kubernetes_config_map_v1: [3, 3, 3],
    kubernetes_network_policy_v1: [12, 12, 13],
  },
  erp: {
    helm_release: [1, 1, 1],
    kubernetes_config_map_v1: [8, 8, 8],
    kubernetes_deployment_v1: [9, 7, 7],
    kubernetes_horizontal_pod_autoscaler_v2: [0, 1, 1],
    kubernetes_ingress_v1: [0, 1, 1],
    kubernetes_job_v1: [1, 1, 1],
    kubernetes_network_policy_v1: [7, 6, 6],
    kubernetes_persistent_volume_claim_v1: [1, 0, 0],
    kubernetes_pod_disruption_budget_v1: [1, 2, 2],
    kubernetes_secret_v1: [0, 1, 1],
    kubernetes_service_account_v1: [10, 8, 8],
    kubernetes_service_v1: [7, 6, 6],
  },
} as const;

const create = {
  helm_release: createChart,
  kubernetes_config_map_v1: createConfigMap,
  kubernetes_deployment_v1: createDeployment,
  kubernetes_horizontal_pod_autoscaler_v2: createAutoscaler,
  kubernetes_ingress_v1: createIngress,
  kubernetes_job_v1: createJob,
  kubernetes_namespace_v1: createNamespace,
  kubernetes_network_policy_v1: createNetworkPolicy,
  kubernetes_persistent_volume_claim_v1: createClaim,
  kubernetes_pod_disruption_budget_v1: createDisruptionBudget,
  kubernetes_secret_v1: createSecret,
  kubernetes_service_account_v1: createServiceAccount,
  kubernetes_service_v1: createService,
} as const;

type Layer = keyof typeof counts;

class PlainStack extends TerraformStack {
  constructor(scope: App, environment: (typeof environments)[number], layer: Layer) {
    super(scope, `${environment}-${layer}`);
    const key = `plain/${environment}/${layer}.tfstate`;
    new S3Backend(this, { bucket: "example-terraform-state", key, region: "eu-central-1", encrypt: true });
    new KubernetesProvider(this, "kubernetes", { configContext: environment });
    new HelmProvider(this, "helm", { kubernetes: { configContext: environment } });
    const at = environments.indexOf(environment);
    for (const [type, numbers] of Object.entries(counts[layer])) {
      const number = numbers[at] ?? 0;
      for (let index = 0; index < number; index++) create[type as keyof typeof create](this, `${layer}-${index}`);
    }
  }
}

const [outdir] = process.argv.slice(2);
const app = new App({ outdir });
for (const environment of environments) {
  const base = new PlainStack(app, environment, "base");
  const monitoring = new PlainStack(app, environment, "monitoring");
  const erp = new PlainStack(app, environment, "erp");
  monitoring.addDependency(base);
  erp.addDependency(monitoring);
}
app.synth();
