/**
 * Text that Terraform must take as it is: its own template markers are escaped, cdktf's tokens stay alive.
 * Escape once, after serialising. (`"$$${"` because `$$` means `$` in a replacement.)
 */
export function literal(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)/g, "$$${").replace(/%\{/g, "%%{");
}

/** A value as JSON with sorted keys, which `terraform plan` shows as a structural diff whose unchanged parts are hidden. */
export function json(value: unknown): string {
  return literal(JSON.stringify(value, sortedKeys));
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, (value as Record<string, unknown>)[key]]));
}
