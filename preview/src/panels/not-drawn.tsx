import { css } from "@emotion/css";
import type { PanelProps } from "./panel-props";

/** Stands for what only Grafana itself draws. */
export function NotDrawn({ panel, width, height, theme }: PanelProps) {
  const style = css({
    display: "flex",
    alignItems: "center",
    justifyContent: "center",
    color: theme.colors.text.secondary,
    border: `1px dashed ${theme.colors.border.medium}`,
  });
  return (
    <div className={style} style={{ width, height }}>
      not drawn here: {kindOf(panel)}
    </div>
  );
}

export function kindOf({ type, libraryPanel }: PanelProps["panel"]): string {
  return libraryPanel ? "library panel" : type;
}
