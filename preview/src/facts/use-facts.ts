import { useCallback, useEffect, useRef, useState } from "react";
import type { Address } from "../address";
import type { DashboardContext } from "../dashboard/context";
import type { Cell } from "../dashboard/layout";
import type { PanelModel } from "../dashboard/model";
import type { DrawnPanel } from "../panels/panel-frame";
import { publishFacts } from "./publish-facts";

/**
 * Collects the drawn panels, and publishes the facts after the last one.
 * @returns the function that a panel calls when it has its data
 */
export function useFacts(
  cells: readonly Cell<PanelModel>[] | undefined,
  context: DashboardContext,
  address: Address,
): (drawn: DrawnPanel) => void {
  const [drawn, setDrawn] = useState<ReadonlyMap<number, DrawnPanel>>(new Map());
  const onDrawn = useCallback((panel: DrawnPanel) => {
    setDrawn((before) => new Map(before).set(panel.panel.id, panel));
  }, []);
  const stop = useRef<() => void>(undefined);
  useEffect(() => {
    stop.current?.();
    window.drawing = undefined;
    const expected = cells?.filter(({ row }) => !row).map(({ panel }) => drawn.get(panel.id));
    if (!expected?.every((panel) => panel?.loaded.context === context)) return;
    const panels = expected.flatMap((panel) => panel ?? []);
    stop.current = publishFacts(panels, context, address);
  }, [cells, drawn, context, address]);
  return onDrawn;
}
