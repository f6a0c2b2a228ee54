import { type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/**
 * A resource of the Kubernetes provider that creates pods. It uses the provider's generated interface, but not the
 * generated class: each of these classes repeats all fields of a pod in 5 MB of code, and loading two classes took a
 * tenth of the time of a synth.
 */
export class PodOwner<Config extends TerraformMetaArguments> extends TerraformResource {
  private readonly attributes: object;

  constructor(scope: Construct, id: string, type: string, config: Config) {
    const { dependsOn, lifecycle, ...attributes } = config;
    super(scope, id, {
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName: "kubernetes" },
      dependsOn,
      lifecycle,
    });
    this.attributes = attributes;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.attributes).map(renameAttribute));
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.synthesizeAttributes();
  }
}

/** Maps whose keys are free text and must not be renamed. */
const free = new Set([
  "annotations",
  "labels",
  "limits",
  "matchLabels",
  "nodeSelector",
  "requests",
  "volumeAttributes",
]);

/** Renames an attribute, and all attributes below it, to Terraform's names. */
function renameAttribute([key, value]: [string, unknown]): [string, unknown] {
  return [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), free.has(key) ? value : renameKeys(value)];
}

function renameKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renameKeys);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(renameAttribute));
}
