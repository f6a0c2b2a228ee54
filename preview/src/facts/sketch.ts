import type { DataFrame, GrafanaTheme2 } from "@grafana/data";
import type uPlot from "uplot";
import type { SeriesFacts } from "../facts";

/** The objects that a panel was drawn with, from which the facts are read. */
export interface Sketch {
  /** The plot and its data, one column for each line. @default the panel is no plot */
  plot?: { readonly u: uPlot; readonly aligned: DataFrame; readonly theme: GrafanaTheme2 };
  /** Series of a panel that draws with SVG. @default they are read from the plot */
  series?: readonly SeriesFacts[];
}
