import { css } from "@emotion/css";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Address } from "../address";
import { useFacts } from "../facts/use-facts";
import { Badge } from "../panels/badge";
import { notDrawnText, repeatedRows } from "../panels/not-drawn";
import { PanelFrame } from "../panels/panel-frame";
import { type Annotations, readAnnotations } from "./annotations";
import { type DashboardContext, readable } from "./context";
import { type Cell, layout } from "./layout";
import type { DashboardModel, PanelModel } from "./model";
import { panelsOf } from "./panels-of";
import { RowHeading } from "./row-heading";

interface DashboardViewProps {
  readonly model: DashboardModel;
  readonly context: DashboardContext;
  readonly address: Address;
  readonly go: (change: Partial<Address>) => void;
}

/** Pixels around the panels. */
const margin = 16;

/** The panels of a dashboard in their grid. */
export function DashboardView({ model, context, address, go }: DashboardViewProps) {
  const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set());
  const { ref, width, height } = useSize();
  const annotations = useAnnotations(model, context);
  const isOpen = useCallback(
    (row: PanelModel) => toggled.has(row.id) !== (address.rowsOpen || !row.collapsed),
    [toggled, address.rowsOpen],
  );
  const panels = useMemo(() => panelsOf<PanelModel>(model), [model]);
  const placed = useMemo(() => place(panels, address, isOpen, width, height), [panels, address, isOpen, width, height]);
  const notDrawn = useMemo(() => [...(annotations?.notDrawn ?? []), ...repeatedRows(panels)], [annotations, panels]);
  const onDrawn = useFacts(annotations && placed?.cells, context, address);
  const toggle = ({ id }: PanelModel) =>
    setToggled((rows) => new Set(rows.has(id) ? [...rows].filter((row) => row !== id) : [...rows, id]));
  const timeZone = model.timezone && model.timezone !== "" ? model.timezone : "browser";
  return (
    <div ref={ref} className={css({ position: "relative", margin })}>
      <div className={css({ position: "absolute", top: -14, maxWidth: "100%", display: "flex", gap: 4 })}>
        {notDrawn.map((what) => (
          <span key={what} data-not-drawn>
            <Badge text={notDrawnText([what])} colour="warning" />
          </span>
        ))}
      </div>
      {placed && annotations && (
        <div style={{ height: placed.height }}>
          {placed.cells.map(({ panel, box, row }) =>
            row ? (
              <RowHeading
                key={panel.id}
                box={box}
                id={panel.id}
                title={readable(context, context.range, panel.title ?? "")}
                {...row}
                onToggle={() => toggle(panel)}
              />
            ) : (
              <PanelFrame
                key={panel.id}
                {...{ panel, box, context, timeZone, onDrawn }}
                marks={annotations.marks}
                onZoom={({ from, to }) =>
                  go({ from: String(Math.round(from)), to: String(Math.round(to)), slice: undefined })
                }
                fills={address.viewPanel !== undefined}
                onView={() => go({ viewPanel: address.viewPanel === undefined ? panel.id : undefined })}
                storyPanel={context.session.stories.find(
                  ({ dashboard, panel: id }) => dashboard === context.dashboard.uid && id === panel.id,
                )}
              />
            ),
          )}
        </div>
      )}
    </div>
  );
}

interface PlacedPanels {
  readonly cells: readonly Cell<PanelModel>[];
  readonly height: number;
}

function place(
  panels: readonly PanelModel[],
  { viewPanel }: Address,
  isOpen: (row: PanelModel) => boolean,
  width: number | undefined,
  height: number,
): PlacedPanels | undefined {
  if (width === undefined) return undefined;
  if (viewPanel === undefined) return layout(panels, isOpen, width);
  const panel = panels.flatMap((one) => [one, ...(one.panels ?? [])]).find(({ id }) => id === viewPanel);
  return { cells: panel ? [{ panel, box: { left: 0, top: 0, width, height } }] : [], height };
}

/** Size of the page's own part of the window. The height matters only if one panel fills the window. */
function useSize() {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ readonly width?: number; readonly height: number }>({ height: 0 });
  useLayoutEffect(() => {
    const measure = () => {
      const { clientWidth: width = 0, offsetTop = 0 } = ref.current ?? {};
      const height = document.documentElement.clientHeight - offsetTop - margin;
      setSize((before) => (before.width === width ? before : { width, height }));
    };
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, []);
  return { ref, ...size };
}

function useAnnotations(model: DashboardModel, context: DashboardContext): Annotations | undefined {
  const [annotations, setAnnotations] = useState<Annotations>();
  useEffect(() => {
    let current = true;
    readAnnotations(model, context).then((found) => {
      if (current) setAnnotations(found);
    });
    return () => {
      current = false;
    };
  }, [model, context]);
  return annotations;
}
