/**
 * Text that Terraform must take as it is: its own template markers are escaped, cdktf's tokens stay alive.
 * Escape once, after serialising. (`"$$${"` because `$$` means `$` in a replacement.)
 */
export function literal(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)/g, "$$${").replace(/%\{/g, "%%{");
}

/** A value as JSON with sorted keys, which `terraform plan` shows as a structural diff whose unchanged parts are hidden. */
export function json(value: unknown): string {
  return literal(JSON.stringify(sortKeys(value)));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
