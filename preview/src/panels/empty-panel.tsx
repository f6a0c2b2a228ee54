import { css } from "@emotion/css";
import type { PanelProps } from "./panel-props";

/** The text that Grafana shows in place of a graph: the panel's own, or "No data". */
export function EmptyPanel({ panel, width, height, theme }: PanelProps) {
  const style = css({
    display: "flex",
    alignItems: "center",
    justifyContent: "center",
    textAlign: "center",
    color: theme.colors.text.secondary,
    fontSize: theme.typography.size.lg,
  });
  return (
    <div className={style} style={{ width, height }} data-empty>
      {panel.fieldConfig?.defaults.noValue || "No data"}
    </div>
  );
}
