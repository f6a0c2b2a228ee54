import { join } from "node:path";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { ChartRelease } from "./chart-release";

/**
 * A custom resource, as `kubectl apply` accepts it; the release sets its namespace. Only the fields that we set are
 * listed.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/
 */
export interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: unknown;
}

export interface CustomResourcesProps {
  readonly name: string;
  readonly namespace: string;
  readonly resources: readonly CustomResource[];
}

const chart = join(__dirname, "..", "charts", "custom-resources");

/**
 * Custom resources in a separate release, because `kubernetes_manifest` needs their CRDs in the cluster before the
 * first plan. The chart prints its values unchanged, so `{{ $labels }}` needs no escaping.
 */
export class CustomResources extends Construct {
  constructor(scope: Construct, id: string, props: CustomResourcesProps) {
    super(scope, id);
    const asset = new TerraformAsset(this, "Chart", { path: chart, type: AssetType.DIRECTORY });
    new ChartRelease(this, "Resources", {
      name: props.name,
      namespace: props.namespace,
      source: { chart: `./${asset.path}` },
      values: { resources: Object.fromEntries(props.resources.map((resource) => [key(resource), resource])) },
      timeoutSeconds: 120,
    });
  }
}

/**
 * The key of a resource is its kind and name, so that a changed resource is one line in a plan, and not a shifted list.
 */
function key({ kind, metadata }: CustomResource): string {
  return `${kind}/${metadata.name}`;
}
