import { TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";

/** A Terraform backend under Terraform's own argument names, which also serves the backends that cdktf has no class for. */
export class StateBackend extends TerraformBackend {
  constructor(
    scope: Construct,
    type: string,
    private readonly backendArguments: Readonly<Record<string, unknown>>,
  ) {
    super(scope, "backend", type);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.backendArguments };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.synthesizeAttributes();
  }

  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error("stacks share names, never state: pass the name of the thing instead of a reference to it");
  }
}
