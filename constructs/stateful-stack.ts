import { TerraformElement, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { escapeText } from "./literal";
import { StateBackend } from "./state-backend";

/** Terraform's backend with its arguments. */
export interface Backend {
  readonly type: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** A stack that keeps its state in one place. */
export class StatefulStack extends TerraformStack {
  private written?: object;

  constructor(scope: Construct, id: string, backend: Backend) {
    super(scope, id);
    new StateBackend(this, backend.type, backend.arguments);
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
