import { useEffect, useState } from "react";
import type { DashboardContext } from "../dashboard/context";
import type { PanelModel } from "../dashboard/model";
import type { Span } from "../session";
import { loadPanel, type PanelData } from "./load-panel";

/** The data of a panel; undefined until the first data arrive. Old data stay until new data arrive. */
export function usePanelData(
  panel: PanelModel,
  context: DashboardContext,
  range: Span,
  width: number,
): PanelData | undefined {
  const [loaded, setLoaded] = useState<PanelData>();
  useEffect(() => {
    let current = true;
    const failed = (error: unknown): PanelData => ({
      context,
      frames: [],
      queries: [{ refId: "", expr: "", series: 0, error: String(error) }],
      notDrawn: [],
    });
    loadPanel(panel, context, range, width)
      .catch(failed)
      .then((data) => {
        if (current) setLoaded(data);
      });
    return () => {
      current = false;
    };
  }, [panel, context, range, width]);
  return loaded;
}
