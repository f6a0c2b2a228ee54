/** Text in a value that a chart expands as a template, so that the chart prints it unchanged. */
export function templateText(text: string): string {
  return text.replaceAll("{{", '{{ "{{" }}');
}

/**
 * A value that a chart writes as YAML and then expands as a template, so that every text in it stays unchanged. In YAML,
 * quotation marks of a template would get backslashes.
 */
export function withoutTemplates(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("{{", "{{ `{{` }}");
  if (Array.isArray(value)) return value.map(withoutTemplates);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutTemplates(one)]));
}
