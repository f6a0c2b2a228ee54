import { css } from "@emotion/css";
import { Icon, useTheme2 } from "@grafana/ui";
import type { Box } from "./layout";

interface RowHeadingProps {
  readonly id: number;
  readonly title: string;
  readonly box: Box;
  readonly open: boolean;
  /** The number of panels in the row. */
  readonly panels: number;
  readonly onToggle: () => void;
}

export function RowHeading({ id, title, box, open, panels, onToggle }: RowHeadingProps) {
  const theme = useTheme2();
  const style = css({
    position: "absolute",
    display: "flex",
    alignItems: "center",
    gap: theme.spacing(1),
    border: 0,
    padding: theme.spacing(0, 0.5),
    background: "transparent",
    color: theme.colors.text.primary,
    ...theme.typography.h5,
    fontWeight: theme.typography.fontWeightMedium,
    borderBottom: `1px solid ${open ? "transparent" : theme.colors.border.weak}`,
    "&:hover": { background: theme.colors.action.hover },
  });
  return (
    <button
      type="button"
      className={style}
      style={{ ...box }}
      onClick={onToggle}
      aria-expanded={open}
      data-row={id}
      data-panels={panels}
    >
      <Icon name={open ? "angle-down" : "angle-right"} />
      <span data-row-title>{title}</span>
      {!open && (
        <span style={{ ...theme.typography.bodySmall, color: theme.colors.text.secondary }}>
          ({panels === 1 ? "1 panel" : `${panels} panels`})
        </span>
      )}
    </button>
  );
}
