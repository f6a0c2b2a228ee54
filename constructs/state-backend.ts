import { TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";

/** A Terraform backend with Terraform's own argument names. It also supports backends without a class in cdktf. */
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
    throw new Error("stacks do not read each other's state: pass the name of the object instead of a reference to it");
  }
}
