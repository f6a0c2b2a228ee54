import { TerraformDataSource, TerraformResource, type TerraformResourceConfig } from "cdktf";
import type { Construct } from "constructs";

/** The arguments of a resource, with the names of its provider. Arguments that are undefined are left out. */
export type Arguments = Readonly<Record<string, unknown>>;

type MetaArguments = Omit<TerraformResourceConfig, "terraformResourceType">;

/**
 * A resource of a provider for which cdktf has no package. The constructs that extend it have types for the arguments that we
 * set. The id is the name of the resource in the state.
 */
export class UntypedResource extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    type: string,
    private readonly given: Arguments,
    meta: MetaArguments = {},
  ) {
    super(scope, id, { terraformResourceType: type, ...meta });
    this.overrideLogicalId(id);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.given };
  }
}

/** A data source of such a provider. */
export class UntypedData extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    type: string,
    private readonly given: Arguments,
  ) {
    super(scope, id, { terraformResourceType: type });
    this.overrideLogicalId(id);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.given };
  }
}
