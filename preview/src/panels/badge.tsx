import { css } from "@emotion/css";
import { Tooltip, useTheme2 } from "@grafana/ui";

/** A label on the upper edge of a panel: how it differs from Grafana's. It takes no space from the title. */
export function Badge({ text, colour }: { readonly text: string; readonly colour: "info" | "warning" }) {
  const theme = useTheme2();
  const style = css({
    ...theme.typography.bodySmall,
    fontSize: 10,
    lineHeight: "12px",
    color: theme.colors[colour].text,
    background: theme.colors.background.canvas,
    border: `1px solid ${theme.colors[colour].border}`,
    borderRadius: theme.shape.radius.sm,
    padding: "0 4px",
    maxWidth: "100%",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  });
  return (
    <Tooltip content={text}>
      <span className={style}>{text}</span>
    </Tooltip>
  );
}
