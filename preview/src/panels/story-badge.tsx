import { css } from "@emotion/css";
import { Tooltip, useTheme2 } from "@grafana/ui";

/** Says that a panel shows an alert's story in place of the time of the dashboard. */
export function StoryBadge({ story }: { readonly story: string }) {
  const theme = useTheme2();
  const style = css({
    ...theme.typography.bodySmall,
    color: theme.colors.info.text,
    border: `1px solid ${theme.colors.info.border}`,
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
    <Tooltip content={story}>
      <span className={style} data-badge>
        story: {story}
      </span>
    </Tooltip>
  );
}
