import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformElement, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Fault } from "../faults";
import { escapeText } from "./literal";
import { objectFaults } from "./object-limits";
import { portFaults } from "./port-references";
import { stackContents } from "./stack-contents";
import { StateBackend } from "./state-backend";

export interface ClusterStackProps {
  /** Context of the kubeconfig. `KUBE_CONFIG_PATHS` contains the path of the kubeconfig. */
  readonly context: string;
  readonly backend: { readonly type: string; readonly arguments: Readonly<Record<string, unknown>> };
}

/** A stack that is applied to one cluster and keeps its state in one place. */
export class ClusterStack extends TerraformStack {
  private written?: object;

  constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id);
    new StateBackend(this, props.backend.type, props.backend.arguments);
    new KubernetesProvider(this, "kubernetes", { configContext: props.context });
    new HelmProvider(this, "helm", { kubernetes: { configContext: props.context } });
    // Write-only arguments and ephemeral variables need this version. cdktf does not set it.
    this.addOverride("terraform.required_version", ">= 1.11.0");
    this.node.addValidation({ validate: () => sharedAddresses(this) });
  }

  /**
   * The inherited method resolves everything again to find references to other stacks. Our stacks
   * have no references, because they share only names.
   */
  override prepareStack(): void {}

  /** Every element of every stack is written here, so that no text can reach Terraform without being escaped. */
  override toTerraform(): object {
    if (this.written === undefined) {
      elements(this).forEach(escapeText);
      this.written = super.toTerraform() as object;
    }
    return this.written;
  }

  /** Faults of the objects that the cluster would refuse. The stack must be complete. */
  faults(): Fault[] {
    const contents = stackContents(this.toTerraform());
    return [...objectFaults(contents), ...portFaults(contents)];
  }
}

/** Errors for elements with the same address. cdktf would silently merge them and lose one of the resources. */
function sharedAddresses(stack: TerraformStack): string[] {
  const seen = new Map<string, string>();
  return elements(stack).flatMap((element) => {
    const address = `${element.constructor.name}.${element.friendlyUniqueId}`;
    const other = seen.get(address);
    seen.set(address, element.node.path);
    return other === undefined ? [] : [`${element.node.path} and ${other} share one address: rename one of the ids`];
  });
}

function elements(stack: TerraformStack): TerraformElement[] {
  return stack.node.findAll().filter(TerraformElement.isTerraformElement);
}
