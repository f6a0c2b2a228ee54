import { css } from "@emotion/css";
import { useTheme2 } from "@grafana/ui";
import type { PanelModel } from "../dashboard/model";
import { isDrawn } from "./panel-types";

interface NotDrawnProps {
  readonly what: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Replaces a panel that only Grafana itself draws. */
export function NotDrawn({ what, width, height }: NotDrawnProps) {
  const theme = useTheme2();
  const style = css({
    display: "flex",
    alignItems: "center",
    justifyContent: "center",
    color: theme.colors.text.secondary,
    border: `1px dashed ${theme.colors.border.medium}`,
  });
  return (
    <div className={style} style={{ width, height }}>
      {notDrawnText(what)}
    </div>
  );
}

export function notDrawnText(what: readonly string[]): string {
  return `not drawn here: ${what.join(", ")}`;
}

/** What Grafana does with a panel of this kind, for any data, and this page does not do. */
export function missingIn(panel: PanelModel): readonly string[] {
  const { type, libraryPanel, repeat, timeFrom, timeShift } = panel;
  return [
    ...(libraryPanel ? ["library panel"] : isDrawn(panel) ? [] : [type]),
    ...(repeat ? [`a panel for each ${repeat}`] : []),
    ...(timeFrom || timeShift ? ["a time of the panel's own"] : []),
  ];
}

/** Rows that Grafana repeats for each value of a variable, and this page shows once. */
export function repeatedRows(panels: readonly PanelModel[]): readonly string[] {
  return panels.flatMap(({ type, repeat, title = "" }) =>
    type === "row" && repeat ? [`a row "${title}" for each ${repeat}`] : [],
  );
}
