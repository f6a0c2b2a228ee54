import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Fn, TerraformVariable } from "cdktf";
import { Construct } from "constructs";

export interface WriteOnlySecretProps {
  readonly name: string;
  readonly namespace: string;
  readonly key: string;
  /** Name of the Terraform variable that the value comes from, as `TF_VAR_<name>`. */
  readonly variable: string;
  readonly description: string;
  /** Regular expression that the value must match. Terraform rejects any other value. */
  readonly pattern: string;
  readonly remedy: string;
  /** Revision of the value. Terraform writes the value again only when the revision increases. */
  readonly revision: number;
}

/** A Secret whose value Terraform writes without storing it: no plan, state or output contains it. */
export class WriteOnlySecret extends Construct {
  constructor(scope: Construct, id: string, props: WriteOnlySecretProps) {
    super(scope, id);
    const variable = new TerraformVariable(this, "Variable", {
      type: "string",
      description: props.description,
      sensitive: true,
      nullable: false,
    });
    variable.overrideLogicalId(props.variable);
    // cdktf does not support `ephemeral`. Without it, the plan file contains even a sensitive variable in plain text.
    variable.addOverride("ephemeral", true);
    variable.addValidation({
      condition: Fn.can(Fn.regex(props.pattern, variable.stringValue)),
      errorMessage: props.remedy,
    });
    new SecretV1(this, "Secret", {
      metadata: { name: props.name, namespace: props.namespace },
      type: "Opaque",
      dataWo: { [props.key]: variable.stringValue },
      // Without a revision the provider writes an empty Secret. https://github.com/hashicorp/terraform-provider-kubernetes/issues/2833
      dataWoRevision: props.revision,
    }).overrideLogicalId(props.name);
  }
}
