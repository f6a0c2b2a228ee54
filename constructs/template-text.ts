/** Text in a value that a chart expands as a template, so that the chart prints it unchanged. */
export function templateText(text: string): string {
  return text.replaceAll("{{", '{{ "{{" }}');
}
