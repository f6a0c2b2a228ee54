import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";

export interface WriteOnlySecretProps {
  readonly name: string;
  readonly namespace: string;
  readonly key: string;
  /** Name of the Terraform variable that the value comes from, as `TF_VAR_<name>`. */
  readonly variable: string;
  readonly description: string;
  /** What the value must be, for Terraform to refuse anything else. */
  readonly pattern: string;
  readonly remedy: string;
  /** The value is written again only when this rises. */
  readonly revision: number;
}

/** A Secret whose value passes through Terraform without a trace: it is in no plan, no state and no output. */
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
    // cdktf has no word for it. Without it a sensitive variable still stands in the plan file, in clear.
    variable.addOverride("ephemeral", true);
    variable.addOverride("validation", [
      {
        condition: `\${can(regex("${props.pattern}", var.${props.variable}))}`,
        error_message: props.remedy,
      },
    ]);
    new SecretV1(this, "Secret", {
      metadata: { name: props.name, namespace: props.namespace },
      type: "Opaque",
      dataWo: { [props.key]: variable.stringValue },
      // Without a revision the provider writes an empty Secret. https://github.com/hashicorp/terraform-provider-kubernetes/issues/2833
      dataWoRevision: props.revision,
    }).overrideLogicalId(props.name);
  }
}
