import { css } from "@emotion/css";
import { LoadingState, renderMarkdown } from "@grafana/data";
import { Menu, PanelChrome, useTheme2 } from "@grafana/ui";
import { useEffect, useMemo, useRef } from "react";
import type { DashboardContext } from "../dashboard/context";
import type { Box } from "../dashboard/layout";
import type { PanelModel } from "../dashboard/model";
import type { Sketch } from "../facts/sketch";
import type { Span, StoryPanel } from "../session";
import { Badge } from "./badge";
import { applyFieldConfig } from "./fields";
import { type PanelData, timeRange } from "./load-panel";
import { missingIn, NotDrawn, notDrawnText } from "./not-drawn";
import { PanelLinks } from "./panel-links";
import type { Mark } from "./panel-props";
import { componentOf } from "./panel-types";
import { usePanelData } from "./use-panel-data";
import { useReplace } from "./use-replace";

/** A drawn panel, with the objects that its facts are read from. */
export interface DrawnPanel {
  readonly panel: PanelModel;
  readonly element: HTMLElement;
  readonly title: string;
  /** The story that it shows. @default the time of the dashboard */
  readonly story?: string;
  readonly loaded: PanelData;
  readonly sketch: Sketch;
}

export interface PanelFrameProps {
  readonly panel: PanelModel;
  readonly box: Box;
  readonly context: DashboardContext;
  readonly marks: readonly Mark[];
  /** The story that the panel shows. @default the time of the dashboard */
  readonly storyPanel?: StoryPanel;
  readonly timeZone: string;
  /** Whether it is the only panel that is shown. */
  readonly fills: boolean;
  /** Shows this panel alone, or all panels again. */
  readonly onView: () => void;
  readonly onZoom: (span: Span) => void;
  readonly onDrawn: (drawn: DrawnPanel) => void;
}

const badges = css({ position: "absolute", top: -7, right: 8, maxWidth: "75%", zIndex: 1, display: "flex", gap: 4 });

/** A panel in its frame, with title, description and links. It queries its data itself. */
export function PanelFrame({
  panel,
  box,
  context,
  marks,
  storyPanel,
  timeZone,
  fills,
  onView,
  onZoom,
  onDrawn,
}: PanelFrameProps) {
  const theme = useTheme2();
  const element = useRef<HTMLDivElement>(null);
  const range: Span = useMemo(() => storyPanel ?? context.range, [storyPanel, context]);
  const loaded = usePanelData(panel, context, range, box.width);
  const sketch = useRef<Sketch>({}).current;
  const replace = useReplace(context, range);
  const frames = useMemo(
    () => (loaded ? applyFieldConfig(loaded.frames, panel, theme, replace) : []),
    [loaded, panel, theme, replace],
  );
  const title = replace(panel.title ?? "");
  const notDrawn = useMemo(() => [...missingIn(panel), ...(loaded?.notDrawn ?? [])], [panel, loaded]);
  const Component = notDrawn.length > 0 && frames.length === 0 ? undefined : componentOf(panel);
  useEffect(() => {
    if (!loaded || !element.current) return;
    onDrawn({
      panel,
      element: element.current,
      title,
      story: storyPanel?.story,
      loaded: { ...loaded, notDrawn },
      sketch,
    });
  }, [loaded, panel, title, storyPanel, notDrawn, sketch, onDrawn]);
  const errors = loaded?.queries.flatMap(({ error }) => error ?? []) ?? [];
  return (
    <div ref={element} data-panel={panel.id} style={{ position: "absolute", ...box }}>
      <PanelChrome
        width={box.width}
        height={box.height}
        title={title}
        description={panel.description && (() => renderMarkdown(replace(panel.description ?? "")))}
        titleItems={panel.links?.length ? <PanelLinks links={panel.links} replace={replace} /> : undefined}
        menu={
          <Menu>
            <Menu.Item label={fills ? "Back to the dashboard" : "View"} icon="eye" onClick={onView} />
          </Menu>
        }
        displayMode={panel.transparent ? "transparent" : "default"}
        loadingState={loaded ? LoadingState.Done : LoadingState.Loading}
        statusMessage={errors[0]}
        hoverHeader={!title && !panel.description}
        padding={panel.type === "table" || panel.type === "logs" ? "none" : "md"}
      >
        {(width, height) =>
          loaded &&
          (Component ? (
            <Component
              {...{ panel, frames, timeZone, theme, width, height, marks, sketch, onZoom }}
              range={timeRange(range)}
              replaceVariables={replace}
              firing={storyPanel?.firing}
              key={`${theme.name} ${width} ${height}`}
            />
          ) : (
            <NotDrawn what={notDrawn} width={width} height={height} />
          ))
        }
      </PanelChrome>
      <div className={badges} data-badges>
        {Component && notDrawn.length > 0 && <Badge text={notDrawnText(notDrawn)} colour="warning" />}
        {storyPanel && <Badge text={`story: ${storyPanel.story}`} colour="info" />}
      </div>
    </div>
  );
}
