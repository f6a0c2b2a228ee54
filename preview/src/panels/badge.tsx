import { css } from "@emotion/css";
import { Tooltip, useTheme2 } from "@grafana/ui";

/** Says in the frame of a panel how it differs from what Grafana would show. */
export function Badge({ text, colour }: { readonly text: string; readonly colour: "info" | "warning" }) {
  const theme = useTheme2();
  const style = css({
    ...theme.typography.bodySmall,
    color: theme.colors[colour].text,
    border: `1px solid ${theme.colors[colour].border}`,
    borderRadius: theme.shape.radius.sm,
    padding: "0 4px",
    marginRight: 4,
    maxWidth: 180,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    flexShrink: 0,
  });
  return (
    <Tooltip content={text}>
      <span className={style} data-badge>
        {text}
      </span>
    </Tooltip>
  );
}
