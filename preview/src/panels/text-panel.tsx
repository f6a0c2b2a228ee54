import { renderTextPanelMarkdown, textUtil } from "@grafana/data";
import type { PanelProps } from "./panel-props";

export function TextPanel({ panel, width, height, replaceVariables }: PanelProps) {
  const { mode = "markdown", content = "" } = panel.options ?? {};
  const text = replaceVariables(content);
  if (mode === "code") return <pre style={{ width, height, overflow: "auto" }}>{text}</pre>;
  const html = mode === "html" ? textUtil.sanitize(text) : renderTextPanelMarkdown(text);
  return (
    <div
      className="markdown-html"
      style={{ width, height, overflow: "auto" }}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: Grafana's own function has sanitized it
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
