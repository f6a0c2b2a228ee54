import { type TerraformElement, Tokenization } from "cdktf";

/**
 * Makes all text of an element reach the provider unchanged: Terraform evaluates the references that cdktf made, and no
 * other text. The text is escaped here and nowhere else, while references are still tokens of cdktf and differ from text.
 */
export function escapeText(element: TerraformElement): void {
  if (escaped.has(element)) return;
  escaped.add(element);
  const write = element.toTerraform.bind(element);
  element.toTerraform = () => escapeBlocks(write());
}

const escaped = new WeakSet<TerraformElement>();

/** Terraform does not evaluate the block `terraform`: in JSON, the arguments of a backend are plain text. */
function escapeBlocks({ terraform, ...blocks }: Readonly<Record<string, unknown>>): object {
  return { ...(terraform !== undefined && { terraform }), ...(escapeAll(blocks) as object) };
}

function escapeAll(value: unknown): unknown {
  if (typeof value === "string") return literal(value);
  if (Array.isArray(value)) return value.map(escapeAll);
  if (value === null || typeof value !== "object" || Tokenization.isResolvable(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [literal(key), escapeAll(inner)]));
}

/**
 * Text that Terraform must use unchanged. Escapes Terraform's template markers, but not cdktf's tokens. (`"$$${"` because
 * `$$` means `$` in a replacement.)
 */
function literal(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)/g, "$$${").replace(/%\{/g, "%%{");
}

/** The text that Terraform passes to the provider for text that was escaped here. */
export function textForProvider(escaped: string): string {
  return escaped.replaceAll("$${", () => "${").replaceAll("%%{", "%{");
}
