/**
 * Text that Terraform must use unchanged. Escapes Terraform's template markers, but not cdktf's tokens. Escape a text
 * only once, after serialising. (`"$$${"` because `$$` means `$` in a replacement.)
 */
export function literal(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)/g, "$$${").replace(/%\{/g, "%%{");
}

/**
 * A value as JSON with sorted keys. `terraform plan` shows a change of it as a structural diff without unchanged parts.
 */
export function json(value: unknown): string {
  return literal(JSON.stringify(sortKeys(value)));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
